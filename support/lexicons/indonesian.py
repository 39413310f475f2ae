"""Indonesian, with what people write in chats."""

SAYS = """
    terima kasih | terimakasih | trima kasih | trimakasih | terimakasi | terima kasi | trimakasi
    | makasih | makasi | mksh | mksih | mkasih | maksih | makaci | maacih | trims | tks | thx | tq
    | tengkyu | tengkiu | suwun | matur nuwun | hatur nuhun | nuhun
    | terima kasih lagi | makasih lagi | sekali lagi terima kasih
    | halo | hallo | helo | hai | hi | hey | permisi | salam | salam kenal | assalamualaikum
    | assalamu alaikum | assalamualaikum wr wb | waalaikumsalam | waalaikumussalam
    | wa alaikum salam | wassalam | selamat pagi | selamat siang | selamat sore | selamat malam
    | selamat datang | met pagi | met siang | met sore | met malam | pagi | siang | sore | malam
    | sampai jumpa | sampai ketemu | dadah | bye | selamat tinggal | selamat jalan
    | selamat beristirahat | selamat istirahat | selamat bekerja | selamat akhir pekan
    | ok | oke | okay | okey | okeh | okee | oki | okedeh | oke deh | oke sip | ok sip | sip | siip
    | sipp | siap | siap kak | baik | baiklah | noted | dimengerti | mengerti | paham
    | saya mengerti | saya paham | dipahami | dicatat
    | mantap | mantab | mantul | keren | bagus | hebat | luar biasa | sempurna | top | jos | joss
    | alhamdulillah | syukurlah | syukur
    | sama sama | kembali kasih | tidak apa apa | ga apa apa | gak apa apa | gapapa
    | tidak masalah | ga masalah | gak masalah | no problem | tidak terima kasih
    | tidak makasih | semoga sukses | sukses selalu | sehat selalu
"""

BESIDE = """
    kak | kaka | kakak | ka | min | mimin | admin | mas | mbak | mba | pak | bu | bapak | ibu
    | gan | sis | bro | bos | boss | om | tante | bang | abang | teh | teman | teman teman | tim
    | team | semua | semuanya | ya | yaa | yah | iya | iyaa | banyak | banyak banyak | sekali
    | banget | bgt | juga | deh | lho | dan | untuk bantuannya | atas bantuannya
    | atas bantuan anda | atas bantuannya ya | buat bantuannya | bantuannya | atas responnya
    | atas respon cepatnya | atas respon nya | atas jawabannya | atas informasinya
    | untuk informasinya | infonya | atas infonya | buat infonya | informasinya | responnya
    | atas perhatiannya | perhatiannya | atas waktunya | wah | waah | hehe | haha
    | wkwk | wkwkwk | selalu | anda | kamu | kalian | sudah membantu | udah bantu | udah dibantu
    | sudah dibantu
"""
