"""What English words can say, four other languages can say too: the same question comes of both."""

# ruff: noqa: E501 — drawn tables are as wide as their sentences, in the letters they have

from dataclasses import replace

import pytest
from asking_town import DIRECTORY, ask, read, table, wordless

from kpis.question import Asked, Directory, Refusal
from kpis.tongue import speaking
from storage.errors import KepiError

TOWN = replace(
    DIRECTORY,
    names=DIRECTORY.names
    | {
        name: name.replace(" ", "-")
        for name in ("revenue", "conversions", "clicks", "web traffic", "sentiment", "saves")
    },
    variants={
        **DIRECTORY.variants,
        "revenue": ("first touch", "linear"),
        "conversions": ("first touch", "direct"),
        "comments": ("per post", "by activity"),
    },
)
"""The town of every asking test, with numbers that have variants without “by”."""

SWEDISH = """
    words                                                | english
    -----------------------------------------------------+--------------------------------------------
    räckvidd instagram senaste 30 dagar                  | reach instagram last 30 days
    rackvidd instagram senaste 30 dagar                  | reach instagram last 30 days
    Hur stor var vår räckvidd på Instagram förra veckan? | reach instagram last week
    visa mig antalet gillamarkeringar i fjol             | likes last year
    engagemangsgrad de senaste 3 månaderna               | engagement rate last 3 months
    30 senaste dagarna, delningar                        | shares last 30 days
    räckvidd sju dagar                                   | reach 7 days
    räckvidd senaste veckan                              | reach past week
    räckvidd förra månaden                               | reach last month
    räckvidd förra kvartalet                             | reach last quarter
    räckvidd denna vecka                                 | reach this week
    räckvidd den här månaden                             | reach this month
    räckvidd hittills i år                               | reach this year
    räckvidd i år                                        | reach this year
    räckvidd i går                                       | reach yesterday
    räckvidd idag                                        | reach today
    räckvidd oktober                                     | reach oct
    räckvidd maj 2026                                    | reach may 2026
    räckvidd vecka 40                                    | reach week 40
    räckvidd v40                                         | reach week 40
    räckvidd tredje kvartalet                            | reach q3
    räckvidd kvartal 3 2026                              | reach q3 2026
    räckvidd den 12 november                             | reach 12 nov
    räckvidd den 12/11/2026                              | reach 2026-11-12
    räckvidd 1 okt till 15 okt                           | reach 1 oct to 15 oct
    räckvidd från den 1 oktober till den 15 oktober      | reach 1 oct to 15 oct
    räckvidd 1–15 oktober                                | reach 1-15 oct
    räckvidd mellan 1 okt och 15 okt                     | reach between 1 oct and 15 oct
    räckvidd sedan 1 oktober                             | reach since 1 oct
    räckvidd från och med 1 oktober                      | reach since 1 oct
    räckvidd efter 1 oktober                             | reach since 1 oct
    räckvidd efter plattform                             | reach by platform
    räckvidd per konto                                   | reach by account
    gillamarkeringar efter veckodag                      | likes by weekday
    gillamarkeringar uppdelat på innehållstyp            | likes by content type
    gillamarkeringar per ålder                           | likes by age
    gillamarkeringar veckovis                            | weekly likes
    gillamarkeringar per inlägg                          | likes per post
    applådgrad efter följare                             | applause rate by followers
    räckvidd jämfört med förra året                      | reach vs last year
    räckvidd mot konkurrenterna                          | reach vs competitors
    räckvidd instagram vs Nordkaffe och Latte Lab        | reach instagram vs nordkaffe and latte lab
    räckvidd oktober mot föregående period               | reach october vs previous period
    engagemangsgrad mot branschsnittet                   | engagement rate vs benchmark
    intäkter första kontakt                              | revenue first touch
    räckvidd, kommentarer och delningar facebook q3      | reach comments shares facebook q3
    privat räckvidd varumärket Acme                      | private reach brand acme
    första svarstid #care i dag under arbetstid          | first response time #care today business hours
    öppna ärenden                                        | open issues
    varför räckvidd förra veckan                         | why reach last week
    räckvidd per den 2026-11-20 08:12                    | reach as of 2026-11-20 08:12
    bästa tider                                          | best times
    alla konton förra veckan                             | all accounts last week
    reach senaste 4 veckor by dag                        | reach last 4 weeks by day
    hjälp                                                | help
    guide räckvidd                                       | guide reach
"""

INDONESIAN = """
    words                                                | english
    -----------------------------------------------------+--------------------------------------------
    jangkauan instagram 30 hari terakhir                 | reach instagram last 30 days
    berapa jangkauan kami di Instagram minggu lalu?      | reach instagram last week
    tampilkan jumlah suka tahun lalu                     | likes last year
    tingkat keterlibatan 3 bulan terakhir                | engagement rate last 3 months
    jangkauan terakhir 7 hari                            | reach last 7 days
    jangkauan tujuh hari                                 | reach 7 days
    jangkauan seminggu terakhir                          | reach past week
    jangkauan bulan lalu                                 | reach last month
    jangkauan kuartal lalu                               | reach last quarter
    jangkauan minggu ini                                 | reach this week
    jangkauan bulan berjalan                             | reach this month
    jangkauan sejak awal tahun                           | reach ytd
    jangkauan kemarin                                    | reach yesterday
    jangkauan hari ini                                   | reach today
    jangkauan oktober                                    | reach oct
    jangkauan agustus 2026                               | reach august 2026
    jangkauan 12 mei 2026                                | reach 12 may 2026
    jangkauan minggu ke-40                               | reach week 40
    jangkauan pekan 40                                   | reach week 40
    jangkauan kuartal ketiga                             | reach q3
    jangkauan triwulan 3 tahun 2026                      | reach q3 2026
    jangkauan tanggal 12 november                        | reach 12 nov
    jangkauan tanggal 12/11/2026                         | reach 2026-11-12
    jangkauan 1 okt sampai 15 okt                        | reach 1 oct to 15 oct
    jangkauan dari 1 Oktober hingga 15 Oktober           | reach 1 oct to 15 oct
    jangkauan 1–15 Oktober                               | reach 1-15 oct
    jangkauan antara 1 okt dan 15 okt                    | reach between 1 oct and 15 oct
    jangkauan sejak 1 oktober                            | reach since 1 oct
    jangkauan dari Instagram                             | reach instagram
    jangkauan berdasarkan platform                       | reach by platform
    jangkauan menurut akun                               | reach by account
    suka per minggu                                      | likes by week
    suka berdasarkan jenis konten                        | likes by content type
    suka berdasarkan hari dalam seminggu                 | likes by weekday
    suka berdasarkan usia                                | likes by age
    suka mingguan                                        | weekly likes
    suka per postingan                                   | likes per post
    tingkat apresiasi menurut pengikut                   | applause rate by followers
    jangkauan dibandingkan dengan tahun lalu             | reach vs last year
    jangkauan dibanding periode sebelumnya               | reach vs previous period
    jangkauan vs pesaing                                 | reach vs competitors
    jangkauan instagram dibanding Nordkaffe dan Latte Lab | reach instagram vs nordkaffe and latte lab
    tingkat keterlibatan vs tolok ukur                   | engagement rate vs benchmark
    pendapatan sentuhan pertama                          | revenue first touch
    jangkauan, komentar dan bagikan facebook q3          | reach comments shares facebook q3
    jangkauan merek Acme pribadi                         | private reach brand acme
    waktu respons pertama #care hari ini jam kerja       | first response time #care today business hours
    kasus terbuka                                        | open issues
    mengapa jangkauan minggu lalu                        | why reach last week
    jangkauan per tanggal 2026-11-20 08:12               | reach as of 2026-11-20 08:12
    waktu terbaik                                        | best times
    semua akun minggu lalu                               | all accounts last week
    reach 4 minggu terakhir by hari                      | reach last 4 weeks by day
    bantuan                                              | help
    panduan jangkauan                                    | guide reach
"""

VIETNAMESE = """
    words                                                | english
    -----------------------------------------------------+--------------------------------------------
    tiếp cận instagram 30 ngày qua                       | reach instagram last 30 days
    tiep can instagram 30 ngay qua                       | reach instagram last 30 days
    Lượt tiếp cận của chúng tôi trên Instagram tuần trước là bao nhiêu? | reach instagram last week
    cho tôi xem lượt thích năm ngoái                     | likes last year
    luot thich nam ngoai                                 | likes last year
    tỷ lệ tương tác 3 tháng gần đây                      | engagement rate last 3 months
    tiếp cận bảy ngày qua                                | reach last 7 days
    tiếp cận 7 ngày                                      | reach 7 days
    tiếp cận tuần qua                                    | reach past week
    tiếp cận tháng trước                                 | reach last month
    tiep can thang truoc                                 | reach last month
    tiếp cận quý trước                                   | reach last quarter
    tiếp cận tuần này                                    | reach this week
    tiếp cận tháng này                                   | reach this month
    tiếp cận từ đầu năm đến nay                          | reach ytd
    tiếp cận năm nay                                     | reach this year
    tiếp cận hôm qua                                     | reach yesterday
    tiep can hom qua                                     | reach yesterday
    tiếp cận hôm nay                                     | reach today
    tiếp cận tháng 10                                    | reach oct
    tiếp cận tháng 5 năm 2026                            | reach may 2026
    tiếp cận tháng 5/2026                                | reach may 2026
    tiếp cận tuần 40                                     | reach week 40
    tiếp cận quý 3                                       | reach q3
    tiếp cận quý III năm 2026                            | reach q3 2026
    tiếp cận ngày 12 tháng 11                            | reach 12 nov
    tiep can ngay 12 thang 11                            | reach 12 nov
    tiếp cận ngày 12/11/2026                             | reach 2026-11-12
    tiếp cận từ 1/10 đến 15/10                           | reach 1 oct to 15 oct
    tiếp cận từ ngày 1 tháng 10 đến ngày 15 tháng 10     | reach 1 oct to 15 oct
    tiep can tu 1 thang 10 den 15 thang 10               | reach 1 oct to 15 oct
    tiếp cận kể từ 1/10                                  | reach since 1 oct
    tiếp cận theo nền tảng                               | reach by platform
    tiếp cận theo tài khoản                              | reach by account
    lượt thích theo tuần                                 | likes by week
    lượt thích theo loại nội dung                        | likes by content type
    luot thich theo ngay trong tuan                      | likes by weekday
    lượt thích theo độ tuổi                              | likes by age
    lượt thích hàng tuần                                 | weekly likes
    lượt thích mỗi bài viết                              | likes per post
    tỷ lệ tán thưởng theo người theo dõi                 | applause rate by followers
    tiếp cận so với năm ngoái                            | reach vs last year
    tiep can so voi cung ky nam ngoai                    | reach vs last year
    tiếp cận tháng 10 so với kỳ trước                    | reach october vs previous period
    tiếp cận so với đối thủ                              | reach vs competitors
    tiếp cận instagram so với Nordkaffe và Latte Lab     | reach instagram vs nordkaffe and latte lab
    tỷ lệ tương tác so với chuẩn ngành                   | engagement rate vs benchmark
    doanh thu tiếp xúc đầu                               | revenue first touch
    tiếp cận, bình luận và chia sẻ facebook q3           | reach comments shares facebook q3
    riêng tư tiếp cận thương hiệu Acme                   | private reach brand acme
    thời gian phản hồi đầu tiên #care hôm nay trong giờ làm việc | first response time #care today business hours
    yêu cầu đang mở                                      | open issues
    vì sao tiếp cận tuần trước                           | why reach last week
    tiếp cận tính đến ngày 2026-11-20 08:12              | reach as of 2026-11-20 08:12
    giờ vàng                                             | best times
    tất cả tài khoản tuần trước                          | all accounts last week
    reach 4 tuần qua by ngày                             | reach last 4 weeks by day
    trợ giúp                                             | help
    hướng dẫn tiếp cận                                   | guide reach
"""

CHINESE = """
    words                                                | english
    -----------------------------------------------------+--------------------------------------------
    覆盖 instagram 近30天                                | reach instagram last 30 days
    覆蓋 instagram 近30天                                | reach instagram last 30 days
    覆蓋instagram近30天                                  | reach instagram last 30 days
    我们上周在 Instagram 的覆盖是多少？                  | reach instagram last week
    去年的点赞数                                         | likes last year
    最近三个月互动率                                     | engagement rate last 3 months
    參與率 過去7天                                       | engagement rate last 7 days
    覆盖近七日                                           | reach last 7 days
    覆盖七天                                             | reach 7 days
    覆盖近一周                                           | reach last 1 week
    上个月覆盖                                           | reach last month
    上個月覆蓋                                           | reach last month
    上季度覆盖                                           | reach last quarter
    本周覆盖                                             | reach this week
    这个月覆盖                                           | reach this month
    年初至今覆盖                                         | reach ytd
    今年覆盖                                             | reach this year
    昨天覆盖                                             | reach yesterday
    今天覆盖                                             | reach today
    10月覆盖                                             | reach oct
    十月覆盖                                             | reach oct
    2026年5月覆盖                                        | reach may 2026
    第40周覆盖                                           | reach week 40
    第三季度覆盖                                         | reach q3
    2026年第3季度覆盖                                    | reach q3 2026
    2026年Q3覆盖                                         | reach q3 2026
    11月12日覆盖                                         | reach 12 nov
    2026年11月12日覆盖                                   | reach 2026-11-12
    2026/11/12                                           | 2026-11-12
    10月1日到10月15日覆盖                                | reach 1 oct to 15 oct
    覆盖 从10月1日至10月15日                             | reach 1 oct to 15 oct
    10月1-15日覆盖                                       | reach 1-15 oct
    10月1日～10月15日覆盖                                | reach 1 oct to 15 oct
    10月1日以来覆盖                                      | reach since 1 oct
    覆盖按平台                                           | reach by platform
    覆蓋按帳號                                           | reach by account
    点赞按周                                             | likes by week
    点赞数按内容类型                                     | likes by content type
    按讚數按星期幾                                       | likes by weekday
    点赞按年龄                                           | likes by age
    每周点赞                                             | weekly likes
    每篇帖子点赞                                         | likes per post
    掌聲率按粉絲                                         | applause rate by followers
    覆盖对比去年                                         | reach vs last year
    覆盖同比                                             | reach yoy
    覆盖与去年同期相比                                   | reach vs last year
    10月覆盖环比                                         | october reach vs previous
    覆盖对比竞争对手                                     | reach vs competitors
    instagram覆盖对比Nordkaffe和Latte Lab                | reach instagram vs nordkaffe and latte lab
    互动率对比行业平均                                   | engagement rate vs benchmark
    收入首次接触                                         | revenue first touch
    覆盖、评论和分享 facebook q3                         | reach comments shares facebook q3
    私密 覆盖 品牌 Acme                                  | private reach brand acme
    首次响应时间 #care 今天 工作时间                     | first response time #care today business hours
    未解决问题                                           | open issues
    为什么覆盖上周                                       | why reach last week
    覆盖截至2026-11-20 08:12                             | reach as of 2026-11-20 08:12
    最佳发布时间                                         | best times
    所有账号上周                                         | all accounts last week
    reach 最近4周 by 天                                  | reach last 4 weeks by day
    帮助                                                 | help
    指南 覆盖                                            | guide reach
"""

TABLES = {"sv": SWEDISH, "id": INDONESIAN, "vi": VIETNAMESE, "zh": CHINESE}


def bare(text: str, directory: Directory = TOWN) -> object:
    """Return what a text asks, without how its periods and notes are worded."""
    request = read(text, directory=directory)
    if not isinstance(request, Asked):
        return request
    return ([wordless(it) for it in request.questions], request.private, request.overview)


@pytest.mark.parametrize("language", TABLES)
def test_each_phrase_asks_what_its_english_asks(language: str) -> None:
    """Periods, splits, comparisons, options, reserved words; marks left out; scripts mixed."""
    wrong = []
    for words, english in table(TABLES[language]):
        try:
            if (found := bare(words)) != bare(english):
                wrong.append((words, english, found))
        except KepiError as refused:
            wrong.append((words, english, refused))
    assert not wrong


@pytest.mark.parametrize("language", TABLES)
def test_an_answer_is_asked_for_again_in_english(language: str) -> None:
    """What language a question is in leaves no trace in it: everyone's buttons are the same."""
    for words, english in table(TABLES[language]):
        request, same = read(words, directory=TOWN), read(english, directory=TOWN)
        if isinstance(request, Asked) and isinstance(same, Asked):
            with speaking(language):
                spoken = ask(words, directory=TOWN)
            assert spoken.questions == request.questions
            for one, other in zip(request.questions, same.questions, strict=True):
                assert one.period.words.isascii() or "–" in one.period.words
                assert one.baseline == other.baseline


STAY = """
    words             | line
    ------------------+---------------------------------------------------------------------
    reach dan         | I don't know “dan”. Try: reach, engagement rate, followers, posts or help.
    reach di          | I don't know “di”. Try: reach, engagement rate, followers, posts or help.
    reach var         | I don't know “var”. Try: reach, engagement rate, followers, posts or help.
    reach la          | I don't know “la”. Try: reach, engagement rate, followers, posts or help.
    reach 春日咖啡    | I don't know “春日咖啡”. Try: reach, engagement rate, followers, posts or help.
    reach 小红书      | I don't know “小红书”. Try: reach, engagement rate, followers, posts or help.
    覆盖率            | I don't know “覆盖率”. Try: reach, engagement rate, followers, posts or help.
    reach 1/10        | I can't read “1/10” as a period. Try last 30 days, last week, oct, q3 2026 or 1 oct to 15 oct.
    räckvidd blå      | I don't know “blå”. Try: reach, engagement rate, followers, posts or help.
    räckvidd per blå  | I can't split reach by “blå”. Try by platform, account, brand or day.
    lösta utan våra svar | I don't know “lösta”. Try: reach, engagement rate, followers, posts or help.
    räckvidd 30 dagar sedan | I don't know “30 dagar sedan”. Try: reach, engagement rate, followers, posts or help.
"""


@pytest.mark.parametrize("row", table(STAY), ids=lambda row: row[0])
def test_a_strange_name_is_never_taken_for_a_small_word(row: tuple[str, ...]) -> None:
    """Words that say little count only among others of their language; the rest is refused whole."""
    words, line = row
    with pytest.raises(Refusal) as refused:
        ask(words)
    assert str(refused.value) == line


SLIPS = """
    words                        | english               | note
    -----------------------------+-----------------------+-----------------------------------
    räckvid förra veckan         | reach last week       | Read “räckvid” as räckvidd
    jangkaun minggu lalu         | reach last week       | Read “jangkaun” as jangkauan
    räckvidd senste 30 dagarna   | reach last 30 days    | Read “senste” as senaste
    reech instagram              | reach instagram       | Read “reech” as reach
    bình luạn hôm qua            | comments yesterday    | Read “bình luạn” as bình luận
    jangkauan berdasarkan platfom | reach by platform    | Read “platfom” as platform
"""


@pytest.mark.parametrize("row", table(SLIPS), ids=lambda row: row[0])
def test_a_slip_is_mended_in_its_own_language(row: tuple[str, ...]) -> None:
    """English and the language of the other words come first; no other is offered beside them."""
    words, english, note = row
    assert ask(words).notes == (note,)
    assert bare(words) == bare(english)
