"""Sentences that a native reader would not argue about, as customers write them.

They were written before the training sentences and stand in none of them.
"""

POSITIVE = {
    "en": (
        "I love this coffee, best I ever had!",
        "Super friendly staff, thank you so much",
        "Delivery came a day early, very happy",
        "The new jacket fits perfectly and looks beautiful",
        "Great service as always, highly recommend them",
        "Wow, the app is so easy to use now 😍",
    ),
    "vi": (
        "Cà phê ở đây ngon tuyệt vời, mình rất thích",
        "Nhân viên thân thiện và nhiệt tình quá",
        "Giao hàng nhanh, đóng gói đẹp, rất hài lòng",
        "Sản phẩm chất lượng tốt, sẽ ủng hộ tiếp",
        "Cảm ơn shop rất nhiều, dịch vụ tuyệt vời",
        "Quán đẹp, đồ uống ngon, giá hợp lý",
    ),
    "id": (
        "Kopinya enak banget, saya suka sekali",
        "Pelayanannya ramah dan cepat, terima kasih",
        "Barang bagus, pengiriman cepat, puas sekali",
        "Tempatnya nyaman dan makanannya lezat",
        "Keren, aplikasinya sekarang mudah dipakai",
        "Recommended banget, kualitasnya mantap",
    ),
    "sv": (
        "Jag älskar det här kaffet, godaste jag druckit!",
        "Jättetrevlig personal, tack så mycket",
        "Snabb leverans och bra kvalitet, är mycket nöjd",
        "Fantastisk service som alltid, rekommenderas varmt",
        "Så fin jacka, den sitter perfekt",
        "Appen har blivit riktigt bra och enkel att använda",
    ),
    "zh": (
        "这家咖啡太好喝了，我非常喜欢",
        "服务态度很好，店员很热情",
        "物流很快，包装精美，非常满意",
        "质量不错，下次还会再来买",
        "强烈推荐，味道很棒",
        "新版应用很好用，谢谢你们",
    ),
}
NEGATIVE = {
    "en": (
        "My order never came and nobody answers, terrible service",
        "The coffee was cold and tasted awful",
        "Worst delivery ever, the package arrived broken",
        "I am so disappointed, I want my money back",
        "The app keeps crashing, totally useless",
        "Rude staff and a dirty place, never again 😡",
    ),
    "vi": (
        "Dịch vụ quá tệ, chờ mãi không ai trả lời",
        "Cà phê dở, nhân viên thái độ kém",
        "Giao hàng chậm, hàng bị hỏng, rất thất vọng",
        "Ứng dụng lỗi liên tục, không dùng được",
        "Chất lượng kém, phí tiền, không bao giờ mua lại",
        "Lừa đảo, yêu cầu hoàn tiền ngay",
    ),
    "id": (
        "Pesanan saya belum sampai, sangat kecewa",
        "Pelayanannya buruk dan stafnya kasar",
        "Barang rusak, minta uang kembali",
        "Kopinya dingin dan rasanya tidak enak",
        "Aplikasinya error terus, payah",
        "Kapok belanja di sini, penipu",
    ),
    "sv": (
        "Min beställning kom aldrig och ingen svarar, uselt",
        "Kaffet var kallt och smakade hemskt",
        "Sämsta leveransen någonsin, paketet var trasigt",
        "Så besviken, jag vill ha pengarna tillbaka",
        "Appen kraschar hela tiden, helt värdelös",
        "Otrevlig personal och smutsigt, aldrig mer",
    ),
    "zh": (
        "订单一直没到，客服也不回复，太差了",
        "咖啡是凉的，味道很难喝",
        "快递太慢，包装破损，非常失望",
        "应用总是闪退，根本用不了",
        "质量很差，我要退款",
        "服务员态度恶劣，再也不来了",
    ),
}
NEUTRAL = {
    "en": ("What time do you open on Sunday?", "The shop is on Main Street next to the bank"),
    "vi": ("Chủ nhật cửa hàng mở cửa lúc mấy giờ?", "Cửa hàng ở đường Lê Lợi cạnh ngân hàng"),
    "id": ("Hari Minggu buka jam berapa?", "Tokonya ada di Jalan Sudirman sebelah bank"),
    "sv": ("Vilken tid öppnar ni på söndag?", "Butiken ligger på Storgatan bredvid banken"),
    "zh": ("周日几点开门？", "店在人民路银行旁边"),
}
