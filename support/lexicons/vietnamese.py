"""Vietnamese, by phrase, with and without its marks."""

SAYS = """
    cảm ơn | cám ơn | xin cảm ơn | xin cám ơn | cảm ơn nhiều | cám ơn nhiều | cảm ơn rất nhiều
    | cảm ơn nhiều lắm | rất cảm ơn | chân thành cảm ơn | cam on | cam on nhieu | cam on rat nhieu
    | xin cam on | cảm tạ | đa tạ | thanks | thank you | thank | tks | thks | thx | camon | cảmơn
    | cảm ơn lần nữa | cảm ơn bạn lần nữa | cảm ơn một lần nữa | một lần nữa cảm ơn
    | một lần nữa xin cảm ơn
    | chào | xin chào | chao | xin chao | chào buổi sáng | chào buổi chiều | chào buổi tối | alo
    | a lô | hello | hi | chúc ngủ ngon | ngủ ngon | chúc một ngày tốt lành | chúc ngày tốt lành
    | chúc vui vẻ | chúc cuối tuần vui vẻ | tạm biệt | tam biet | hẹn gặp lại | hen gap lai | bye
    | bai bai
    | ok | oke | okê | okie | oki | okela | dạ | vâng | dạ vâng | da vang | vâng ạ | dạ vâng ạ
    | được rồi | duoc roi | được ạ | đã rõ | rõ rồi | đã hiểu | hiểu rồi | em hiểu rồi
    | mình hiểu rồi | tôi hiểu rồi | đã nhận được | đã nhận | nhất trí | đồng ý
    | tuyệt | tuyệt vời | tuyệt quá | tuyet voi | hay quá | tốt quá | tốt lắm | xuất sắc
    | hoàn hảo | vui quá | mừng quá
    | không có gì | khong co gi | không có chi | không sao | khong sao | không sao đâu | ko sao
    | ko có gì | k sao | không vấn đề | không vấn đề gì
    | chúc mừng năm mới | chúc mừng
"""

BESIDE = """
    bạn | ban | các bạn | cac ban | anh | chị | chi | em | a | c | e | mình | minh | tôi | toi
    | shop | sốp | ad | admin | add | team | đội ngũ | mọi người | moi nguoi | cả nhà | ca nha
    | quý công ty | quý khách | công ty | anh chị | anh chi | các anh chị | bên mình | ạ | nhé
    | nhe | nha | nhá | nhen | nghen | nhiều | nhieu | rất nhiều | nhiều lắm | lắm | quá | ơi | à
    | ah | rồi ạ | hihi | haha | hehe | và | vì
    | vì đã hỗ trợ | đã hỗ trợ | vì đã giúp đỡ | đã giúp đỡ | đã giúp | vì sự hỗ trợ
    | vì sự giúp đỡ | đã phản hồi | vì đã phản hồi | đã trả lời | vì đã trả lời
    | đã thông báo | đã tư vấn | so much | very much
"""
