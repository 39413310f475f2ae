"""Vietnamese names of every KPI."""

from collections.abc import Mapping

from kpis.names.name import Name

NATIVE_READER: str | None = None
"""Who speaks the language natively and has read this; nobody yet."""

NAMES: Mapping[str, Name] = {
    "reach": Name(
        "Lượt tiếp cận",
        "Số người khác nhau đã thấy nội dung của bạn. Mỗi người chỉ được tính một lần trong cả kỳ, "
        "nên không bao giờ cộng các ngày, tài khoản hay nền tảng.",
        "Cho biết tiếng nói của bạn lan rộng đến đâu.",
        ("tiếp cận", "số người tiếp cận", "tài khoản tiếp cận được", "độ phủ"),
    ),
    "reach-sum": Name(
        "Tổng tiếp cận theo ngày",
        "Tiếp cận của từng ngày cộng lại. Một người có thể được tính mỗi ngày một lần.",
        "Một số công cụ gọi đây là tổng tiếp cận; ở đây nó có tên riêng.",
        ("tổng tiếp cận", "tiếp cận cộng dồn"),
    ),
    "impressions": Name(
        "Lượt hiển thị",
        "Số lần nội dung của bạn được hiển thị, dù có nhấp hay không.",
        "Cho biết bạn được chú ý bao nhiêu; cùng một người được tính mỗi lần.",
        ("hiển thị", "số lần hiển thị", "lượt xem"),
    ),
    "frequency": Name(
        "Tần suất",
        "Số lượt hiển thị trên mỗi người tiếp cận, trong cùng khoảng thời gian.",
        "Cho biết ít người thấy bạn nhiều lần hay nhiều người thấy một lần.",
        ("tần suất hiển thị",),
    ),
    "profile-visits": Name(
        "Lượt truy cập trang cá nhân",
        "Số lượt vào trang của bạn.",
        "Dấu hiệu cho thấy mọi người muốn biết bạn là ai.",
        ("lượt xem trang cá nhân", "lượt xem hồ sơ", "truy cập hồ sơ"),
    ),
    "ctr": Name(
        "Tỷ lệ nhấp",
        "Số lượt nhấp liên kết trên mỗi lượt hiển thị.",
        "Cho biết điều mọi người thấy có khiến họ muốn xem thêm không.",
        ("tỉ lệ nhấp", "tỷ lệ nhấp chuột", "tỉ lệ nhấp chuột"),
    ),
    "hashtag-usage": Name(
        "Thẻ hashtag",
        "Với mỗi hashtag: số bài, tiếp cận mỗi bài và tỷ lệ tương tác theo tiếp cận.",
        "Cho biết hashtag nào mở rộng khán giả.",
        ("sử dụng hashtag", "dùng hashtag"),
    ),
    "followers": Name(
        "Người theo dõi",
        "Số người theo dõi bạn: con số cuối cùng trong kỳ.",
        "Quy mô khán giả mà bạn có thể trông cậy.",
        ("số người theo dõi", "lượt theo dõi", "tổng người theo dõi"),
    ),
    "followers-gained": Name(
        "Người theo dõi mới",
        "Số người theo dõi mới trong kỳ.",
        "Cho biết điều gì thu hút mọi người.",
        ("người theo dõi tăng thêm",),
    ),
    "followers-lost": Name(
        "Người bỏ theo dõi",
        "Số người đã bỏ theo dõi trong kỳ.",
        "Cho biết điều gì khiến mọi người rời đi.",
        ("bỏ theo dõi", "người theo dõi mất đi", "lượt bỏ theo dõi"),
    ),
    "net-followers": Name(
        "Người theo dõi ròng",
        "Số người theo dõi ngày cuối trừ số của ngày trước ngày đầu.",
        "Khán giả có tăng hay không.",
        ("thay đổi người theo dõi", "tăng ròng người theo dõi"),
    ),
    "follower-growth": Name(
        "Tăng trưởng người theo dõi",
        "Người theo dõi ròng so với số người theo dõi của ngày trước ngày đầu.",
        "So sánh tăng trưởng của tài khoản lớn và nhỏ.",
        ("tốc độ tăng trưởng", "tỷ lệ tăng trưởng người theo dõi", "tăng trưởng"),
    ),
    "posts": Name(
        "Bài đăng",
        "Số bài đã đăng.",
        "Đăng đều đặn giúp tăng tiếp cận.",
        ("bài viết", "số bài đăng", "số bài viết", "tần suất đăng bài"),
    ),
    "content-mix": Name(
        "Cơ cấu nội dung",
        "Tỷ trọng của mỗi loại nội dung trong số bài, bên cạnh tỷ trọng của nó trong lượt tương "
        "tác.",
        "Cho biết loại nào mang lại nhiều hơn tỷ trọng của nó.",
        ("tỷ trọng nội dung", "loại nội dung"),
    ),
    "engagements": Name(
        "Lượt tương tác",
        "Lượt thích, bình luận, chia sẻ và nhấp liên kết.",
        "Mọi người hành động với điều họ thấy thường xuyên đến mức nào.",
        ("tương tác", "tổng tương tác", "mức độ tương tác"),
    ),
    "interactions": Name(
        "Tương tác không tính nhấp",
        "Lượt thích, bình luận, chia sẻ và lưu.",
        "Như lượt tương tác, dành cho nguồn không có lượt nhấp.",
        ("tương tác gồm lưu",),
    ),
    "likes": Name(
        "Lượt thích",
        "Lượt thích và các cảm xúc khác.",
        "Dấu hiệu nhẹ nhất cho thấy mọi người quan tâm.",
        ("thích", "số lượt thích", "like bài viết"),
    ),
    "comments": Name(
        "Bình luận",
        "Bình luận và trả lời.",
        "Đáng giá hơn lượt thích: mọi người đã bỏ thời gian để viết.",
        ("số bình luận", "lượt bình luận"),
    ),
    "shares": Name(
        "Lượt chia sẻ",
        "Chia sẻ, đăng lại và trích dẫn.",
        "Mọi người chuyển bạn đến người theo dõi của họ.",
        ("chia sẻ", "số lượt chia sẻ"),
    ),
    "saves": Name(
        "Lượt lưu",
        "Lượt lưu và đánh dấu.",
        "Mọi người định quay lại.",
        ("lưu bài", "số lượt lưu"),
    ),
    "clicks": Name(
        "Lượt nhấp liên kết",
        "Lượt nhấp vào liên kết; LinkedIn và Facebook tính mọi lượt nhấp.",
        "Mọi người muốn nhiều hơn bài đăng.",
        ("lượt nhấp", "nhấp chuột", "lượt nhấp chuột", "số lượt nhấp"),
    ),
    "video-views": Name(
        "Lượt xem video",
        "Số lần video được phát.",
        "Video của bạn được xem nhiều đến mức nào.",
        ("số lượt xem video", "lượt phát video"),
    ),
    "engagement-rate-impressions": Name(
        "Tỷ lệ tương tác theo hiển thị",
        "Lượt thích, bình luận, chia sẻ và nhấp trên mỗi lượt hiển thị của các bài đã đăng.",
        "Tỷ lệ tương tác cho nền tảng không có tiếp cận, và của riêng LinkedIn.",
        ("tương tác trên hiển thị",),
    ),
    "engagement-rate": Name(
        "Tỷ lệ tương tác theo tiếp cận",
        "Lượt thích, bình luận, chia sẻ và nhấp trên mỗi người mà bài đăng tiếp cận, tính trên mọi "
        "bài đã đăng.",
        "Cho biết mức quan tâm của những người đã thấy bạn, dù khán giả lớn hay nhỏ.",
        ("tỷ lệ tương tác", "tỉ lệ tương tác"),
    ),
    "average-engagement-rate": Name(
        "Tỷ lệ tương tác trung bình",
        "Trung bình các tỷ lệ tương tác theo tiếp cận của từng bài.",
        "Mọi bài có trọng số như nhau, dù tiếp cận xa hay gần.",
        ("tỉ lệ tương tác trung bình",),
    ),
    "interaction-rate": Name(
        "Tỷ lệ tương tác không tính nhấp",
        "Lượt thích, bình luận, chia sẻ và lưu trên mỗi người mà bài đăng tiếp cận, tính trên mọi "
        "bài đã đăng.",
        "Tỷ lệ tương tác không gồm lượt nhấp, cho nguồn không đếm chúng.",
        ("tỉ lệ tương tác không tính nhấp",),
    ),
    "average-interaction-rate": Name(
        "Tỷ lệ tương tác không nhấp trung bình",
        "Trung bình các tỷ lệ tương tác không tính nhấp của từng bài, theo tiếp cận.",
        "Mọi bài có trọng số như nhau, dù tiếp cận xa hay gần.",
        ("tỷ lệ tương tác không tính nhấp trung bình",),
    ),
    "engagement-rate-followers": Name(
        "Tỷ lệ tương tác theo người theo dõi",
        "Lượt tương tác của mỗi bài trên mỗi người theo dõi lúc đăng; trung bình trên các bài.",
        "So sánh được với tài khoản mà bạn không thấy tiếp cận.",
        ("tương tác trên người theo dõi",),
    ),
    "applause-rate": Name(
        "Tỷ lệ tán thưởng",
        "Lượt thích trên mỗi người mà bài đăng tiếp cận, tính trên mọi bài đã đăng.",
        "Bao nhiêu phần khán giả tán thành.",
        ("tỉ lệ tán thưởng", "tỷ lệ thích"),
    ),
    "amplification-rate": Name(
        "Tỷ lệ khuếch đại",
        "Lượt chia sẻ trên mỗi người mà bài đăng tiếp cận, tính trên mọi bài đã đăng.",
        "Bao nhiêu phần khán giả chuyển tiếp bạn.",
        ("tỉ lệ khuếch đại", "khuếch đại", "tỷ lệ chia sẻ", "tỷ lệ lan truyền"),
    ),
    "conversation-rate": Name(
        "Tỷ lệ hội thoại",
        "Số bình luận trên mỗi bài.",
        "Cho biết bài nào khơi gợi trò chuyện.",
        ("tỉ lệ hội thoại", "bình luận mỗi bài"),
    ),
    "best-times": Name(
        "Thời điểm tốt nhất",
        "Trung vị tỷ lệ tương tác của các bài theo thứ và giờ đăng, kéo về trung vị chung khi có "
        "ít bài.",
        "Đăng khi mọi người phản hồi.",
        ("giờ vàng", "giờ đăng tốt nhất", "thời gian đăng bài tốt nhất", "khung giờ vàng"),
    ),
    "top-posts": Name(
        "Bài đăng nổi bật",
        "Những bài tốt nhất được đăng trong các ngày này, mỗi bài bên cạnh trung vị của chính tài "
        "khoản đó trong 90 ngày trước, và điểm chung mà các bài khác không có.",
        "Điều đã thành công một lần thì đáng làm lại.",
        ("bài viết nổi bật", "bài đăng tốt nhất", "bài viết tốt nhất", "top bài viết"),
    ),
    "audience-fit": Name(
        "Độ phù hợp khán giả",
        "Số người đã biết thuộc đối tượng bạn muốn, trên tổng số người mà nền tảng biết quốc gia, "
        "độ tuổi hoặc giới tính.",
        "Tiếp cận chỉ có giá trị với đúng người.",
        ("đúng đối tượng", "phù hợp đối tượng"),
    ),
    "first-response-time": Name(
        "Thời gian phản hồi đầu tiên",
        "Từ tin nhắn đầu tiên của khách đến câu trả lời đầu tiên của đội. Biểu tượng cảm xúc hay "
        "tin của bot không phải câu trả lời.",
        "Khoảng chờ mà khách cảm nhận đầu tiên.",
        ("thời gian phản hồi", "phản hồi đầu tiên", "thời gian trả lời"),
    ),
    "next-response-time": Name(
        "Thời gian phản hồi kế tiếp",
        "Khách viết lại đã chờ câu trả lời kế tiếp bao lâu, tính từ tin cũ nhất chưa được trả lời.",
        "Trả lời nhanh lần đầu không có mấy giá trị nếu lần sau mất nhiều ngày.",
        ("phản hồi kế tiếp", "thời gian phản hồi tiếp theo"),
    ),
    "resolution-time": Name(
        "Thời gian giải quyết",
        "Từ tin nhắn đầu tiên của khách đến lần giải quyết có hiệu lực. Yêu cầu mở lại được tính "
        "đến khi giải quyết xong lần nữa.",
        "Toàn bộ thời gian mà việc của khách đã mất.",
        ("thời gian xử lý", "thời gian khắc phục"),
    ),
    "acknowledge-time": Name(
        "Thời gian tiếp nhận",
        "Từ tin nhắn đầu tiên của khách đến dấu hiệu đầu tiên có người xem: 👀, nhận việc hoặc trả "
        "lời.",
        "Cho biết có ai đang theo dõi không.",
        ("thời gian xác nhận",),
    ),
    "customer-wait": Name(
        "Thời gian chờ của khách",
        "Mọi khoảng chờ câu trả lời của khách trong một yêu cầu, cộng lại.",
        "Từng câu trả lời nhanh vẫn có thể thành một lần chờ dài.",
        ("thời gian chờ", "tổng thời gian chờ"),
    ),
    "relay-lag": Name(
        "Độ trễ chuyển tiếp",
        "Từ bài đăng trên mạng đến khi tới Slack.",
        "Thời gian tích hợp cần trước khi đội thấy được.",
        ("độ trễ tích hợp",),
    ),
    "issues": Name(
        "Yêu cầu",
        "Yêu cầu của khách đã được mở.",
        "Khách cần bạn nhiều đến mức nào.",
        ("yêu cầu mới", "số yêu cầu", "yêu cầu khách hàng", "khiếu nại"),
    ),
    "issues-resolved": Name(
        "Yêu cầu đã giải quyết",
        "Số lần giải quyết. Yêu cầu được giải quyết, mở lại rồi giải quyết lại tính hai lần.",
        "Những gì đội đã làm xong.",
        ("đã giải quyết", "vấn đề đã giải quyết"),
    ),
    "open-issues": Name(
        "Yêu cầu đang mở",
        "Yêu cầu đã mở và chưa giải quyết vào cuối kỳ.",
        "Công việc đang chờ.",
        ("yêu cầu tồn đọng", "tồn đọng", "yêu cầu chưa giải quyết"),
    ),
    "resolution-rate": Name(
        "Tỷ lệ giải quyết",
        "Trong số yêu cầu đã mở, phần đã được giải quyết đến nay.",
        "Ở đây không bỏ sót việc gì vì nó mất lâu.",
        ("tỉ lệ giải quyết",),
    ),
    "response-rate": Name(
        "Tỷ lệ phản hồi",
        "Trong số yêu cầu đã mở, phần đã được trả lời đến nay.",
        "Trung vị nhanh không nói lên nhiều khi nhiều người không được trả lời.",
        ("tỉ lệ phản hồi", "tỷ lệ trả lời"),
    ),
    "sla-attainment": Name(
        "Tỷ lệ đạt SLA",
        "Trong số mục tiêu đã ngã ngũ, phần đã đạt. Mục tiêu trễ được tính khi đến hạn, không phải "
        "khi cuối cùng có người trả lời.",
        "Bạn có giữ lời hứa không.",
        ("đạt sla", "mục tiêu đạt được"),
    ),
    "reopen-rate": Name(
        "Tỷ lệ mở lại",
        "Trong số yêu cầu được giải quyết lần đầu trong kỳ, phần bị mở lại. Tính khi đã hết hạn mở "
        "lại.",
        "Giải quyết quá sớm là chưa giải quyết.",
        ("tỉ lệ mở lại",),
    ),
    "reopened": Name(
        "Yêu cầu mở lại",
        "Số lần yêu cầu đã giải quyết bị mở lại.",
        "Mỗi lần là một khách chưa được giúp ở lần đầu.",
        ("số lần mở lại",),
    ),
    "one-touch-rate": Name(
        "Giải quyết bằng một trả lời",
        "Trong số yêu cầu được giải quyết lần đầu, phần do một người giải quyết với đúng một câu "
        "trả lời và không bị mở lại. Tính khi đã hết hạn mở lại.",
        "Một câu trả lời là xong là điều tốt nhất cho khách.",
        ("giải quyết ngay lần đầu",),
    ),
    "zero-touch": Name(
        "Giải quyết không cần trả lời",
        "Trong số yêu cầu được giải quyết lần đầu, phần được đóng bằng đánh dấu mà không có trả "
        "lời ở đây và không bị mở lại.",
        "Thường là câu trả lời đã được đưa ra ở nơi khác.",
        ("đóng không trả lời",),
    ),
    "responses-to-resolve": Name(
        "Số trả lời đến khi giải quyết",
        "Số câu trả lời của đội cho đến khi yêu cầu được giải quyết lần đầu. Nhiều tin của một "
        "người trong hai phút tính là một.",
        "Nhiều câu trả lời nghĩa là khách phải giải thích nhiều.",
        ("số câu trả lời mỗi yêu cầu",),
    ),
    "csat": Name(
        "Mức hài lòng của khách",
        "Tỷ trọng điểm 4 và 5 trong các đánh giá từ 1 đến 5 của khách.",
        "Nhanh chưa chắc đã hữu ích; chỉ số này cho biết có hữu ích không.",
        ("hài lòng khách hàng", "mức độ hài lòng", "sự hài lòng của khách hàng"),
    ),
    "web-traffic": Name(
        "Lưu lượng truy cập web",
        "Số phiên trên trang web của bạn đến từ mạng xã hội.",
        "Cho biết bài đăng có đưa mọi người đến nơi bạn phục vụ được họ không.",
        (
            "lưu lượng web",
            "truy cập web",
            "lượt truy cập",
            "lượt truy cập trang web",
            "phiên truy cập",
        ),
    ),
    "page-views": Name(
        "Lượt xem trang",
        "Số trang được xem trên trang web, từ mọi nguồn.",
        "Mọi người xem bao nhiêu phần của trang web.",
        ("số lượt xem trang",),
    ),
    "bounce-rate": Name(
        "Tỷ lệ thoát",
        "Phần phiên từ mạng xã hội không có tương tác, theo cách tính của GA4: dưới 10 giây, một "
        "trang và không có sự kiện chính.",
        "Thoát nhiều: trang không giữ lời bài đăng đã hứa.",
        ("tỉ lệ thoát",),
    ),
    "conversions": Name(
        "Lượt chuyển đổi",
        "Những việc bạn mong mọi người làm, mọi loại: mua hàng, khách tiềm năng, đăng ký.",
        "Rốt cuộc mạng xã hội là để làm việc này.",
        ("chuyển đổi", "số chuyển đổi"),
    ),
    "leads": Name(
        "Khách hàng tiềm năng",
        "Đăng ký dùng thử hoặc xem demo, tải tài liệu, yêu cầu báo giá.",
        "Những người có thể trở thành khách hàng.",
        ("khách tiềm năng", "số khách tiềm năng"),
    ),
    "sign-ups": Name(
        "Lượt đăng ký",
        "Số người đăng ký theo dõi hoặc tạo tài khoản.",
        "Họ muốn nghe từ bạn lần nữa.",
        ("đăng ký", "số đăng ký", "đăng ký email"),
    ),
    "purchases": Name(
        "Lượt mua",
        "Chuyển đổi là mua hàng.",
        "Doanh số mà mạng xã hội có góp phần.",
        ("mua hàng", "số đơn mua", "lượt mua hàng"),
    ),
    "conversion-rate": Name(
        "Tỷ lệ chuyển đổi",
        "Phần phiên từ mạng xã hội có chuyển đổi.",
        "Bao nhiêu người đến làm điều bạn mong.",
        ("tỉ lệ chuyển đổi",),
    ),
    "revenue": Name(
        "Doanh thu",
        "Giá trị của các chuyển đổi được ghi công cho một lần tiếp xúc trên mạng xã hội.",
        "Mạng xã hội mang về bao nhiêu.",
        ("doanh số", "giá trị bán hàng"),
    ),
    "attribution": Name(
        "Phân bổ chuyển đổi",
        "Kênh nào được ghi công cho các chuyển đổi, theo sáu mô hình đặt cạnh nhau: đầu, cuối, "
        "tuyến tính, giảm dần theo thời gian, vị trí và Markov.",
        "Lần tiếp xúc đầu và lần cuối kể hai câu chuyện khác nhau; không mô hình nào là sự thật.",
        ("mô hình phân bổ", "phân bổ"),
    ),
    "spend": Name(
        "Chi tiêu quảng cáo",
        "Chi phí cho quảng cáo.",
        "Phần chi phí thay đổi hằng ngày.",
        ("chi phí quảng cáo", "ngân sách quảng cáo"),
    ),
    "cpc": Name(
        "Chi phí mỗi lượt nhấp",
        "Chi tiêu quảng cáo trên mỗi lượt nhấp vào quảng cáo.",
        "So sánh giá của sự chú ý trên từng nền tảng.",
        ("giá mỗi lượt nhấp", "chi phí mỗi nhấp chuột"),
    ),
    "cpm": Name(
        "Chi phí mỗi 1.000 lượt hiển thị",
        "Chi tiêu quảng cáo trên 1.000 lần quảng cáo hiển thị.",
        "So sánh giá để được thấy trên từng nền tảng.",
        ("chi phí mỗi nghìn lượt hiển thị", "chi phí mỗi ngàn lượt hiển thị"),
    ),
    "cost-per-conversion": Name(
        "Chi phí mỗi chuyển đổi",
        "Chi tiêu quảng cáo trên mỗi chuyển đổi được ghi công cho một lần tiếp xúc trên mạng xã "
        "hội.",
        "Thêm một khách hàng tốn bao nhiêu.",
        ("chi phí mỗi khách tiềm năng", "chi phí trên mỗi chuyển đổi"),
    ),
    "roi": Name(
        "Lợi tức đầu tư",
        "Doanh thu được phân bổ trừ chi phí, chia cho chi phí: quảng cáo, cùng nhân công và công "
        "cụ đã khai báo.",
        "Điều đầu tiên mà quản lý hỏi.",
        ("tỷ suất hoàn vốn", "lợi nhuận đầu tư"),
    ),
    "roas": Name(
        "Lợi tức chi tiêu quảng cáo",
        "Doanh thu được phân bổ trên mỗi đồng quảng cáo.",
        "Quảng cáo có tự trả được không.",
        ("doanh thu trên chi tiêu quảng cáo",),
    ),
    "ave": Name(
        "Giá trị quảng cáo tương đương",
        "Lượt hiển thị tự nhiên tính theo giá 1.000 lượt mua, theo nền tảng.",
        "Vẫn có người hỏi. Nó không nói gì về điều mọi người nghĩ hay làm.",
        ("giá trị quảng cáo", "giá trị tương đương quảng cáo"),
    ),
    "ppc-equivalent": Name(
        "Giá trị tương đương trả theo nhấp",
        "Phiên từ mạng xã hội theo từ khóa, tính theo giá một lượt nhấp của từ khóa đó.",
        "Thước đo đầu tiên cho giá trị của lưu lượng không trả tiền.",
        ("giá trị tương đương ppc",),
    ),
    "service-savings": Name(
        "Tiết kiệm chăm sóc khách hàng",
        "Số lần liên hệ mà câu trả lời công khai tránh được, tính theo chi phí một lần liên hệ.",
        "Một câu trả lời công khai có thể thay nhiều câu trả lời riêng.",
        ("tiết kiệm dịch vụ", "tiết kiệm chi phí chăm sóc"),
    ),
    "indirect-roi": Name(
        "Lợi tức gián tiếp",
        "Các giá trị gián tiếp đã khai báo, chia cho chi phí. Không bao giờ gộp vào lợi tức trực "
        "tiếp.",
        "Uy tín, niềm tin và đối tác có giá trị; ở đây có người đứng ra nói bao nhiêu.",
        ("giá trị gián tiếp",),
    ),
    "aov": Name(
        "Giá trị đơn hàng trung bình",
        "Giá trị đơn hàng trên mỗi đơn.",
        "Mỗi lần mọi người mua bao nhiêu.",
        ("giá trị đơn hàng", "giá trị trung bình đơn hàng"),
    ),
    "clv": Name(
        "Giá trị vòng đời khách hàng",
        "Giá trị đơn hàng trung bình × số đơn mỗi khách mỗi năm × số năm khách ở lại.",
        "Giành và giữ một khách hàng đáng giá bao nhiêu.",
        ("giá trị trọn đời khách hàng", "giá trị vòng đời"),
    ),
    "annual-customer-value": Name(
        "Giá trị khách hàng hằng năm",
        "Giá trị đơn hàng trung bình × số đơn mỗi khách mỗi năm.",
        "Một khách mang lại bao nhiêu trong một năm.",
        ("giá trị khách hàng mỗi năm",),
    ),
    "repeat-rate": Name(
        "Tỷ lệ mua lại",
        "Phần khách có từ hai đơn trở lên trong kỳ, trong số đã đặt hàng.",
        "Giữ một khách thường rẻ hơn giành một khách mới.",
        ("tỉ lệ mua lại", "mua lại", "khách quay lại"),
    ),
    "mentions": Name(
        "Lượt đề cập",
        "Số lần có người nhắc đến thương hiệu của bạn.",
        "Mọi người có nói về bạn không.",
        ("đề cập", "lượt nhắc đến", "số lượt đề cập"),
    ),
    "share-of-voice": Name(
        "Thị phần thảo luận",
        "Lượt đề cập của bạn, trong tổng của bạn và các đối thủ bạn theo dõi.",
        "Bao nhiêu phần câu chuyện là về bạn. Chỉ tính số lượng.",
        ("tỷ lệ thảo luận", "thị phần tiếng nói"),
    ),
    "share-of-voice-ratio": Name(
        "Tỷ số thảo luận",
        "Lượt đề cập của bạn trên mỗi lượt đề cập của đối thủ bạn theo dõi; trên 1 là bạn dẫn đầu.",
        "Như thị phần thảo luận, ở dạng mà một số báo cáo dùng.",
        ("tỷ số với đối thủ",),
    ),
    "sphere-of-influence": Name(
        "Phạm vi ảnh hưởng",
        "Số người theo dõi của những ai nhắc đến bạn, mỗi tác giả một lần mỗi ngày, so với mọi "
        "thương hiệu: khán giả tiềm năng.",
        "Mười lượt đề cập của người có tiếng nói có thể nặng hơn một trăm lượt khác.",
        ("tầm ảnh hưởng", "mức ảnh hưởng"),
    ),
    "sentiment": Name(
        "Sắc thái cảm xúc",
        "Lượt đề cập tích cực trừ tiêu cực, trên một trăm lượt đã gắn nhãn.",
        "Lời nói về bạn tốt hay xấu, và đang đi về hướng nào.",
        ("cảm xúc", "cảm xúc ròng", "sắc thái"),
    ),
    "negative-mentions": Name(
        "Đề cập tiêu cực",
        "Lượt đề cập được gắn nhãn tiêu cực.",
        "Mỗi lượt cho biết cần sửa điều gì.",
        ("lượt đề cập tiêu cực",),
    ),
    "negative-share": Name(
        "Tỷ lệ tiêu cực",
        "Lượt đề cập tiêu cực, trong số đã gắn nhãn.",
        "Tăng vọt ở đây là khủng hoảng bắt đầu.",
        ("tỉ lệ tiêu cực",),
    ),
    "untagged-share": Name(
        "Tỷ lệ không gắn thẻ",
        "Lượt nhắc đến bạn mà không có hashtag hay tên tài khoản, trong số đã biết.",
        "Không ai được báo về những lượt này; hãy trả lời cả chúng.",
        ("đề cập không gắn thẻ",),
    ),
    "reviews": Name(
        "Lượt đánh giá",
        "Đánh giá do khách hàng viết.",
        "Mọi người đọc chúng trước khi mua.",
        ("đánh giá", "số đánh giá", "nhận xét"),
    ),
    "positive-reviews": Name(
        "Đánh giá tích cực",
        "Đánh giá có ít nhất 80 % số sao.",
        "Mỗi đánh giá như vậy đều giúp bán hàng.",
        ("đánh giá tốt",),
    ),
    "review-rating": Name(
        "Điểm đánh giá",
        "Trung bình số sao, quy về thang năm.",
        "Khách hàng nghĩ gì, nhìn nhanh.",
        ("số sao", "xếp hạng", "sao trung bình"),
    ),
    "comment-length": Name(
        "Độ dài bình luận",
        "Độ dài trung bình của bình luận tính bằng ký tự; không tính câu trả lời của bạn.",
        "Người viết cả đoạn là người thực sự quan tâm.",
        ("độ dài bình luận trung bình",),
    ),
    "nps": Name(
        "Chỉ số khuyến nghị ròng",
        "Trên một trăm người: số cho 9 hoặc 10 trừ số cho 0 đến 6.",
        "Khách hàng có giới thiệu bạn không.",
        ("điểm khuyến nghị ròng", "chỉ số nps"),
    ),
    "survey-csat": Name(
        "Hài lòng trong khảo sát",
        "Câu trả lời ở một phần năm trên cùng của thang (4–5 trên 5, 6–7 trên 7, 8–10 trên 10), "
        "trên tổng số.",
        "Mọi người có được phục vụ tốt không. Mỗi thang đứng một dòng riêng.",
        ("mức hài lòng khảo sát",),
    ),
    "survey-score": Name(
        "Điểm khảo sát",
        "Trung bình câu trả lời trên thang của chính nó.",
        "Theo dõi một câu hỏi theo thời gian.",
        ("kết quả khảo sát",),
    ),
    "platforms-compared": Name(
        "So sánh nền tảng",
        "Số bài, tiếp cận mỗi bài, tỷ lệ tương tác và tăng trưởng của từng nền tảng đặt cạnh nhau, "
        "mỗi con số theo đơn vị riêng: không cộng gì giữa các nền tảng.",
        "Cho biết mỗi nền tảng làm tốt điều gì cho bạn.",
        ("so sánh các nền tảng", "đối chiếu nền tảng"),
    ),
}

VARIANTS: Mapping[str, str] = {
    "recorded": "{title} đã ghi nhận",
    "per post": "{title} mỗi bài",
    "by post": "{title} mỗi bài",
    "by followers": "{title} theo người theo dõi",
    "by activity": "{title} theo ngày hoạt động",
    "first": "{title}, lần đầu",
    "first touch": "{title}, tiếp xúc đầu",
    "linear": "{title}, tuyến tính",
    "time decay": "{title}, giảm dần theo thời gian",
    "position": "{title}, theo vị trí",
    "direct": "{title} trực tiếp",
    "assisted": "{title} hỗ trợ",
    "referred": "{title} do giới thiệu",
    "all sources": "{title}, mọi nguồn",
    "from social": "{title} từ mạng xã hội",
    "one page": "{title}, truy cập một trang",
    "with margin": "{title}, biên lợi nhuận",
    "subscription": "{title}, thuê bao",
    "without neutral": "{title}, không tính trung lập",
}
"""Another way to count a KPI, by its words → its title."""
