"""The commonest words of each language, which name no theme and give a language away.

Short lists of our own; Chinese ones are single signs and words between which phrases are cut.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_LISTS = {
    "en": """a about after again all also always am an and any are as at back be because been before
        but by can cannot could did didn do does doesn doing don down ever every few for from get
        got had has have having he her here him his how i if in into is isn it its just know like
        made make me more most much my never new no nobody not now of off on one only or other our
        out over own please really said same say she should so some still such t than that the
        their them then there these they this those through to too two under up us very want was
        wasn we were what when where which while who why will with won would yet you your""",
    "sv": """aldrig all alla allt alltid att av bara bli blev blir bra bort de dem den denna deras
        det detta dig din du där då efter ej eller en er ert ett finns fram från få får för gör ha
        hade han har helt henne hon honom hos hur här i igen in ingen inget inte jag kan kom komma
        kunde man med mig min mina mitt mot mycket ni nu när någon något och också om oss på redan
        sedan sig sin sina ska skulle som så till under upp ut utan vad var vara varit vem vi vid
        vilka vilken vill väl än är över""",
    "id": """ada adalah agar akan aku anda apa apakah atau bagi bahwa banget banyak baru belum bila
        bisa buat bukan dalam dan dapat dari dengan di dia ini itu iya jadi jangan jika juga kalau
        kali kami kamu karena kata ke kita kok lagi lah lalu lebih mau maka masih mereka nya nih
        oleh pada paling para pernah pun punya saat saja sama sampai sangat saya sebagai secara
        sekali semua seperti sih sudah tapi telah tentang terus tidak tiga untuk udah yang ya""",
    "vi": """anh bao bị bởi các cái chỉ cho chưa chứ có còn cũng của cứ của đã đang để đến đi đó
        được gì hay hơn họ khi không là lại làm lên luôn lúc mà mình một mới mỗi nào này nên nếu
        nữa ở phải quá ra rất rồi sau sẽ sao tại thì thế thôi tôi từ và vẫn vào vậy về vì với vừa
        xin em chị ai ấy ạ nhé""",
    "zh": """的 了 是 我 你 他 她 它 我们 你们 他们 这 那 这个 那个
        在 有 和 也 都 就 不 没 没有 很 太 还 要 会 能 去 来
        到 说 看 给 让 把 被 对 吗 呢 吧 啊 呀 哦 一 一个 个
        上 下 里 后 前 又 再 真 好 什么 怎么 为什么 谁 哪 多
        少 非常 真的 已经 还是 但 但是 因为 所以 如果 从 与 及
        或""",
}
STOP_WORDS: Mapping[str, frozenset[str]] = MappingProxyType(
    {key: frozenset(words.split()) for key, words in _LISTS.items()}
)
