"""Indonesian names of every KPI."""

from collections.abc import Mapping

from kpis.names.name import Name

NATIVE_READER: str | None = None
"""Who speaks the language natively and has read this; nobody yet."""

NAMES: Mapping[str, Name] = {
    "reach": Name(
        "Jangkauan",
        "Orang berbeda yang melihat sesuatu dari Anda. Setiap orang dihitung satu kali selama "
        "seluruh periode, jadi hari, akun, dan platform tidak pernah dijumlahkan.",
        "Menunjukkan seberapa luas Anda didengar.",
        ("akun yang dijangkau", "akun terjangkau", "penonton unik", "orang yang dijangkau"),
    ),
    "reach-sum": Name(
        "Jumlah jangkauan harian",
        "Jangkauan setiap hari, dijumlahkan. Satu orang bisa terhitung sekali setiap hari.",
        "Beberapa alat menyebutnya total jangkauan; di sini ia punya nama sendiri.",
        ("total jangkauan", "jangkauan kumulatif"),
    ),
    "impressions": Name(
        "Impresi",
        "Berapa kali sesuatu dari Anda ditampilkan, diklik atau tidak.",
        "Menunjukkan seberapa banyak perhatian yang Anda dapat; orang yang sama dihitung setiap "
        "kali.",
        ("kesan", "tayangan", "jumlah tayangan"),
    ),
    "frequency": Name(
        "Frekuensi",
        "Impresi per orang yang dijangkau, dalam rentang yang sama.",
        "Menunjukkan apakah sedikit orang sering melihat Anda, atau banyak orang melihat sekali.",
        ("frekuensi tayang",),
    ),
    "profile-visits": Name(
        "Kunjungan profil",
        "Kunjungan ke profil Anda.",
        "Tanda bahwa orang ingin tahu siapa Anda.",
        ("kunjungan ke profil", "tampilan profil"),
    ),
    "ctr": Name(
        "Rasio klik-tayang",
        "Klik tautan per impresi.",
        "Menunjukkan apakah yang dilihat orang membuat mereka ingin tahu lebih.",
        ("rasio klik tayang", "rasio klik", "tingkat klik"),
    ),
    "hashtag-usage": Name(
        "Tagar",
        "Untuk setiap tagar: postingan, jangkauan per postingan, dan tingkat interaksi menurut "
        "jangkauan.",
        "Menunjukkan tagar mana yang memperluas audiens.",
        ("penggunaan tagar",),
    ),
    "followers": Name(
        "Pengikut",
        "Orang yang mengikuti Anda: jumlah terakhir dalam periode.",
        "Besarnya audiens yang bisa Anda andalkan.",
        ("jumlah pengikut", "total pengikut", "pelanggan kanal"),
    ),
    "followers-gained": Name(
        "Pengikut baru",
        "Pengikut baru dalam periode.",
        "Menunjukkan apa yang menarik orang.",
        ("penambahan pengikut",),
    ),
    "followers-lost": Name(
        "Pengikut hilang",
        "Pengikut yang pergi dalam periode.",
        "Menunjukkan apa yang membuat orang pergi.",
        ("kehilangan pengikut", "berhenti mengikuti"),
    ),
    "net-followers": Name(
        "Pengikut bersih",
        "Pengikut di hari terakhir dikurangi pengikut sehari sebelum hari pertama.",
        "Apakah audiens bertambah.",
        ("perubahan pengikut", "selisih pengikut"),
    ),
    "follower-growth": Name(
        "Pertumbuhan pengikut",
        "Pengikut bersih sebagai bagian dari pengikut sehari sebelum hari pertama.",
        "Membandingkan pertumbuhan akun kecil dan besar.",
        ("tingkat pertumbuhan", "laju pertumbuhan pengikut"),
    ),
    "posts": Name(
        "Postingan",
        "Postingan yang diterbitkan.",
        "Terbit secara teratur membantu jangkauan.",
        ("unggahan", "kiriman", "jumlah postingan", "frekuensi posting"),
    ),
    "content-mix": Name(
        "Bauran konten",
        "Bagian setiap jenis konten dari postingan Anda, di samping bagiannya dari interaksi.",
        "Menunjukkan jenis mana yang menghasilkan lebih dari bagiannya.",
        ("campuran konten", "jenis konten"),
    ),
    "engagements": Name(
        "Keterlibatan",
        "Suka, komentar, bagikan, dan klik tautan.",
        "Seberapa sering orang bertindak atas yang mereka lihat.",
        ("total keterlibatan", "jumlah keterlibatan"),
    ),
    "interactions": Name(
        "Interaksi",
        "Suka, komentar, bagikan, dan simpan.",
        "Seperti keterlibatan, untuk sumber tanpa klik.",
        ("total interaksi", "jumlah interaksi"),
    ),
    "likes": Name(
        "Suka",
        "Suka dan reaksi lain.",
        "Tanda paling ringan bahwa orang peduli.",
        ("jumlah suka", "menyukai", "reaksi"),
    ),
    "comments": Name(
        "Komentar",
        "Komentar dan balasan.",
        "Lebih berharga daripada suka: orang meluangkan waktu untuk menulis.",
        ("jumlah komentar", "balasan"),
    ),
    "shares": Name(
        "Bagikan",
        "Dibagikan, diposting ulang, dan dikutip.",
        "Orang meneruskan Anda ke pengikut mereka sendiri.",
        ("dibagikan", "jumlah dibagikan", "berbagi"),
    ),
    "saves": Name(
        "Simpan",
        "Disimpan dan ditandai.",
        "Orang berniat kembali.",
        ("disimpan", "penyimpanan", "jumlah simpan"),
    ),
    "clicks": Name(
        "Klik tautan",
        "Klik pada tautan; LinkedIn dan Facebook memberi semua klik.",
        "Orang ingin lebih dari postingannya.",
        ("klik", "jumlah klik"),
    ),
    "video-views": Name(
        "Penayangan video",
        "Berapa kali video diputar.",
        "Seberapa banyak video Anda ditonton.",
        ("tayangan video", "pemutaran video"),
    ),
    "engagement-rate-impressions": Name(
        "Tingkat keterlibatan menurut impresi",
        "Suka, komentar, bagikan, dan klik per impresi dari postingan yang diterbitkan.",
        "Tingkat keterlibatan untuk platform tanpa jangkauan, dan milik LinkedIn.",
        ("keterlibatan per impresi",),
    ),
    "engagement-rate": Name(
        "Tingkat keterlibatan menurut jangkauan",
        "Suka, komentar, bagikan, dan klik per orang yang dijangkau postingan, dari semua "
        "postingan yang diterbitkan.",
        "Menunjukkan minat orang yang melihat Anda, sebesar apa pun audiensnya.",
        ("tingkat keterlibatan", "rasio keterlibatan", "tingkat interaksi jangkauan"),
    ),
    "average-engagement-rate": Name(
        "Rata-rata tingkat keterlibatan",
        "Rata-rata dari tingkat keterlibatan setiap postingan menurut jangkauan.",
        "Setiap postingan berbobot sama, sejauh apa pun jangkauannya.",
        ("tingkat keterlibatan rata rata",),
    ),
    "interaction-rate": Name(
        "Tingkat interaksi menurut jangkauan",
        "Suka, komentar, bagikan, dan simpan per orang yang dijangkau postingan, dari semua "
        "postingan yang diterbitkan.",
        "Tingkat keterlibatan tanpa klik, untuk sumber yang tidak menghitungnya.",
        ("tingkat interaksi", "rasio interaksi"),
    ),
    "average-interaction-rate": Name(
        "Rata-rata tingkat interaksi",
        "Rata-rata dari tingkat interaksi setiap postingan menurut jangkauan.",
        "Setiap postingan berbobot sama, sejauh apa pun jangkauannya.",
        ("tingkat interaksi rata rata",),
    ),
    "engagement-rate-followers": Name(
        "Tingkat keterlibatan menurut pengikut",
        "Keterlibatan setiap postingan per pengikut saat diterbitkan; rata-rata dari semua "
        "postingan.",
        "Bisa dibandingkan dengan akun yang jangkauannya tidak terlihat.",
        ("keterlibatan per pengikut",),
    ),
    "applause-rate": Name(
        "Tingkat apresiasi",
        "Suka per orang yang dijangkau postingan, dari semua postingan yang diterbitkan.",
        "Seberapa besar bagian audiens yang setuju.",
        ("tingkat aplaus", "rasio suka"),
    ),
    "amplification-rate": Name(
        "Tingkat amplifikasi",
        "Dibagikan per orang yang dijangkau postingan, dari semua postingan yang diterbitkan.",
        "Seberapa besar bagian audiens yang meneruskan Anda.",
        ("rasio amplifikasi", "amplifikasi", "tingkat penyebaran"),
    ),
    "conversation-rate": Name(
        "Tingkat percakapan",
        "Komentar per postingan.",
        "Menunjukkan postingan mana yang memulai percakapan.",
        ("rasio percakapan",),
    ),
    "best-times": Name(
        "Waktu terbaik",
        "Median tingkat keterlibatan postingan per hari dan jam terbit, ditarik ke median "
        "keseluruhan bila postingannya sedikit.",
        "Terbitkan saat orang menanggapi.",
        ("waktu terbaik posting", "jam terbaik", "waktu posting terbaik"),
    ),
    "top-posts": Name(
        "Postingan terbaik",
        "Postingan terbaik yang diterbitkan pada hari-hari ini, masing-masing di samping median "
        "postingan akunnya sendiri dalam 90 hari sebelumnya, dan kesamaan yang tidak dimiliki "
        "postingan lain.",
        "Yang pernah berhasil layak diulang.",
        ("postingan teratas", "konten terbaik", "postingan terpopuler"),
    ),
    "audience-fit": Name(
        "Kesesuaian audiens",
        "Orang yang dikenal dari audiens yang Anda inginkan, dari semua yang negara, usia, atau "
        "gendernya diketahui platform.",
        "Jangkauan hanya berarti pada orang yang tepat.",
        ("audiens tepat sasaran", "kecocokan audiens"),
    ),
    "first-response-time": Name(
        "Waktu respons pertama",
        "Dari pesan pertama pelanggan sampai jawaban pertama tim Anda. Reaksi atau pesan bot bukan "
        "jawaban.",
        "Penantian yang pertama dirasakan pelanggan.",
        ("waktu respons", "waktu tanggapan", "respons pertama", "waktu balas pertama"),
    ),
    "next-response-time": Name(
        "Waktu respons berikutnya",
        "Berapa lama pelanggan yang menulis lagi menunggu jawaban berikutnya, dihitung dari pesan "
        "terlama yang belum dijawab.",
        "Jawaban pertama yang cepat tidak banyak artinya bila yang kedua makan waktu berhari-hari.",
        ("respons berikutnya",),
    ),
    "resolution-time": Name(
        "Waktu penyelesaian",
        "Dari pesan pertama pelanggan sampai penyelesaian yang berlaku. Kasus yang dibuka kembali "
        "dihitung sampai selesai lagi.",
        "Seluruh waktu yang dipakai urusan pelanggan.",
        ("lama penyelesaian", "waktu resolusi"),
    ),
    "acknowledge-time": Name(
        "Waktu penerimaan",
        "Dari pesan pertama pelanggan sampai tanda pertama bahwa ada yang melihatnya: 👀, "
        "pengambilan kasus, atau jawaban.",
        "Menunjukkan apakah ada yang memantau.",
        ("waktu konfirmasi",),
    ),
    "customer-wait": Name(
        "Waktu tunggu pelanggan",
        "Semua waktu tunggu pelanggan akan jawaban dalam satu kasus, dijumlahkan.",
        "Jawaban yang masing-masing cepat tetap bisa menjadi penantian panjang.",
        ("waktu tunggu", "total waktu tunggu"),
    ),
    "relay-lag": Name(
        "Jeda sampai Slack",
        "Dari postingan di jaringan sampai tiba di Slack.",
        "Waktu yang dipakai integrasi sebelum tim bisa melihatnya.",
        ("jeda integrasi",),
    ),
    "issues": Name(
        "Kasus",
        "Kasus pelanggan yang dibuka.",
        "Seberapa banyak pelanggan meminta dari Anda.",
        ("kasus baru", "jumlah kasus", "tiket", "tiket baru", "keluhan"),
    ),
    "issues-resolved": Name(
        "Kasus selesai",
        "Penyelesaian yang dibuat. Kasus yang selesai, dibuka kembali, dan selesai lagi dihitung "
        "dua kali.",
        "Apa yang sudah diselesaikan tim Anda.",
        ("kasus terselesaikan", "tiket selesai"),
    ),
    "open-issues": Name(
        "Kasus terbuka",
        "Kasus yang dibuka dan belum selesai pada akhir periode.",
        "Pekerjaan yang menunggu.",
        ("kasus belum selesai", "tiket terbuka", "antrean kasus"),
    ),
    "resolution-rate": Name(
        "Tingkat penyelesaian",
        "Dari kasus yang dibuka, yang sudah selesai sekarang.",
        "Tidak ada yang dikeluarkan karena makan waktu lama.",
        ("rasio penyelesaian",),
    ),
    "response-rate": Name(
        "Tingkat respons",
        "Dari kasus yang dibuka, yang sudah mendapat jawaban sekarang.",
        "Median yang cepat tidak banyak berarti bila banyak yang tidak dijawab sama sekali.",
        ("rasio respons", "tingkat tanggapan"),
    ),
    "sla-attainment": Name(
        "Pencapaian SLA",
        "Dari target yang sudah diputuskan, yang terpenuhi. Target yang terlewat dihitung saat "
        "jatuh tempo, bukan saat akhirnya dijawab.",
        "Apakah Anda menepati janji.",
        ("pemenuhan sla", "target terpenuhi"),
    ),
    "reopen-rate": Name(
        "Tingkat pembukaan kembali",
        "Dari kasus yang pertama kali selesai dalam periode, yang dibuka kembali. Dihitung setelah "
        "masa pembukaan kembali lewat.",
        "Selesai terlalu cepat berarti belum selesai.",
        ("rasio pembukaan kembali",),
    ),
    "reopened": Name(
        "Kasus dibuka kembali",
        "Seberapa sering kasus yang selesai dibuka lagi.",
        "Masing-masing adalah pelanggan yang tidak terbantu pada kali pertama.",
        ("dibuka kembali",),
    ),
    "one-touch-rate": Name(
        "Selesai dengan satu jawaban",
        "Dari kasus yang pertama kali selesai, yang diselesaikan seseorang dengan tepat satu "
        "jawaban dan tidak pernah dibuka kembali. Dihitung setelah masa pembukaan kembali lewat.",
        "Satu jawaban yang menuntaskan adalah yang terbaik bagi pelanggan.",
        ("selesai pada kontak pertama",),
    ),
    "zero-touch": Name(
        "Selesai tanpa jawaban",
        "Dari kasus yang pertama kali selesai, yang ditutup dengan tanda tanpa jawaban di sini dan "
        "tidak pernah dibuka kembali.",
        "Sering berarti jawabannya diberikan di tempat lain.",
        ("ditutup tanpa jawaban",),
    ),
    "responses-to-resolve": Name(
        "Jawaban sampai selesai",
        "Jawaban tim Anda sampai kasus pertama kali selesai. Beberapa oleh satu orang dalam dua "
        "menit dihitung satu.",
        "Banyak jawaban berarti pelanggan harus banyak menjelaskan.",
        ("jumlah jawaban sampai selesai",),
    ),
    "csat": Name(
        "Kepuasan pelanggan",
        "Bagian nilai 4 dan 5 dari penilaian pelanggan 1 sampai 5.",
        "Cepat belum tentu membantu; ini menunjukkan apakah membantu.",
        ("penilaian pelanggan", "skor kepuasan pelanggan"),
    ),
    "web-traffic": Name(
        "Lalu lintas web",
        "Sesi di situs Anda yang datang dari media sosial.",
        "Menunjukkan apakah postingan membawa orang ke tempat Anda bisa melayani mereka.",
        ("kunjungan situs", "kunjungan web", "sesi", "trafik web", "trafik rujukan"),
    ),
    "page-views": Name(
        "Tampilan halaman",
        "Halaman yang dilihat di situs Anda, dari semua sumber.",
        "Seberapa banyak isi situs dilihat orang.",
        ("halaman dilihat", "tayangan halaman"),
    ),
    "bounce-rate": Name(
        "Rasio pentalan",
        "Sesi dari media sosial yang tidak terlibat, dari semuanya, seperti hitungan GA4: di bawah "
        "10 detik, satu halaman, tanpa peristiwa utama.",
        "Banyak pentalan: halamannya tidak menepati janji postingan.",
        ("tingkat pentalan", "rasio pantulan"),
    ),
    "conversions": Name(
        "Konversi",
        "Hal yang Anda harap dilakukan orang, dari semua jenis: pembelian, prospek, pendaftaran.",
        "Pada akhirnya, untuk inilah media sosial.",
        ("jumlah konversi",),
    ),
    "leads": Name(
        "Prospek",
        "Pendaftaran uji coba atau demo, unduhan berformulir, permintaan penawaran.",
        "Orang yang mungkin menjadi pelanggan.",
        ("calon pelanggan", "jumlah prospek"),
    ),
    "sign-ups": Name(
        "Pendaftaran",
        "Orang yang berlangganan atau mendaftar.",
        "Mereka ingin mendengar dari Anda lagi.",
        ("jumlah pendaftaran", "pendaftar baru"),
    ),
    "purchases": Name(
        "Pembelian",
        "Konversi yang berupa pembelian.",
        "Penjualan yang dibantu media sosial.",
        ("jumlah pembelian", "penjualan"),
    ),
    "conversion-rate": Name(
        "Tingkat konversi",
        "Sesi dari media sosial dengan konversi, dari semuanya.",
        "Berapa banyak dari yang datang melakukan yang Anda harapkan.",
        ("rasio konversi",),
    ),
    "revenue": Name(
        "Pendapatan",
        "Nilai konversi yang kreditnya diberikan ke kontak di media sosial.",
        "Apa yang dihasilkan media sosial.",
        ("omzet", "nilai penjualan"),
    ),
    "attribution": Name(
        "Atribusi",
        "Media mana yang mendapat kredit atas konversi, menurut enam model berdampingan: pertama, "
        "terakhir, linear, peluruhan waktu, posisi, dan Markov.",
        "Kontak pertama dan terakhir bercerita berbeda; tidak ada model yang merupakan kebenaran.",
        ("model atribusi",),
    ),
    "spend": Name(
        "Belanja iklan",
        "Biaya iklan.",
        "Bagian biaya yang berubah setiap hari.",
        ("biaya iklan", "pengeluaran iklan"),
    ),
    "cpc": Name(
        "Biaya per klik",
        "Belanja iklan per klik pada iklan.",
        "Membandingkan harga perhatian di setiap platform.",
        ("harga per klik",),
    ),
    "cpm": Name(
        "Biaya per 1.000 impresi",
        "Belanja iklan per 1.000 kali iklan ditampilkan.",
        "Membandingkan harga untuk terlihat di setiap platform.",
        ("biaya per seribu impresi", "biaya per seribu tayangan"),
    ),
    "cost-per-conversion": Name(
        "Biaya per konversi",
        "Belanja iklan per konversi yang kreditnya diberikan ke kontak di media sosial.",
        "Biaya untuk satu pelanggan lagi.",
        ("biaya per prospek", "biaya per akuisisi"),
    ),
    "roi": Name(
        "Laba atas investasi",
        "Pendapatan teratribusi dikurangi biaya, dibagi biaya: iklan, serta tenaga kerja dan alat "
        "yang dinyatakan.",
        "Hal pertama yang ditanyakan atasan.",
        ("tingkat pengembalian investasi", "imbal hasil investasi"),
    ),
    "roas": Name(
        "Laba atas belanja iklan",
        "Pendapatan teratribusi per satuan belanja iklan.",
        "Apakah iklan membayar dirinya sendiri.",
        ("imbal hasil iklan",),
    ),
    "ave": Name(
        "Nilai setara iklan",
        "Impresi organik dengan harga 1.000 impresi berbayar, per platform.",
        "Masih ada yang memintanya. Ini tidak mengatakan apa pun tentang pikiran atau tindakan "
        "orang.",
        ("nilai iklan", "ekuivalensi nilai iklan"),
    ),
    "ppc-equivalent": Name(
        "Nilai setara klik berbayar",
        "Sesi dari media sosial per kata kunci, dengan harga satu klik pada kata kunci itu.",
        "Ukuran pertama nilai trafik tanpa bayar.",
        ("nilai setara ppc",),
    ),
    "service-savings": Name(
        "Penghematan layanan",
        "Kontak yang dihemat oleh jawaban publik, dengan biaya satu kontak.",
        "Satu jawaban publik bisa menggantikan banyak jawaban pribadi.",
        ("penghematan biaya layanan",),
    ),
    "indirect-roi": Name(
        "Laba tidak langsung",
        "Nilai tidak langsung yang dinyatakan, dibagi biaya. Tidak pernah menjadi bagian laba "
        "langsung.",
        "Reputasi, kepercayaan, dan mitra ada nilainya; di sini seseorang menjamin berapa.",
        ("imbal hasil tidak langsung",),
    ),
    "aov": Name(
        "Rata-rata nilai pesanan",
        "Nilai pesanan per pesanan.",
        "Seberapa banyak orang membeli sekali belanja.",
        ("nilai pesanan rata rata", "nilai pesanan"),
    ),
    "clv": Name(
        "Nilai seumur hidup pelanggan",
        "Rata-rata nilai pesanan × pesanan per pelanggan per tahun × tahun pelanggan bertahan.",
        "Nilai memenangkan dan mempertahankan seorang pelanggan.",
        ("nilai umur pelanggan",),
    ),
    "annual-customer-value": Name(
        "Nilai pelanggan tahunan",
        "Rata-rata nilai pesanan × pesanan per pelanggan per tahun.",
        "Yang dihasilkan seorang pelanggan dalam setahun.",
        ("nilai pelanggan per tahun",),
    ),
    "repeat-rate": Name(
        "Tingkat pembelian ulang",
        "Pelanggan dengan dua pesanan atau lebih dalam periode, dari semua yang memesan.",
        "Mempertahankan pelanggan biasanya lebih murah daripada mencari yang baru.",
        ("pembelian ulang", "pelanggan kembali", "rasio pembelian ulang"),
    ),
    "mentions": Name(
        "Penyebutan",
        "Berapa kali seseorang menyebut merek Anda.",
        "Apakah orang membicarakan Anda.",
        ("sebutan", "jumlah penyebutan"),
    ),
    "share-of-voice": Name(
        "Pangsa suara",
        "Penyebutan Anda, dari milik Anda dan pesaing yang Anda pantau.",
        "Seberapa besar bagian pembicaraan tentang Anda. Hanya menghitung jumlah.",
        ("pangsa pembicaraan",),
    ),
    "share-of-voice-ratio": Name(
        "Rasio pangsa suara",
        "Penyebutan Anda per penyebutan pesaing yang Anda pantau; di atas 1, Anda unggul.",
        "Seperti pangsa suara, dalam bentuk yang dipakai sebagian laporan.",
        ("rasio suara",),
    ),
    "sphere-of-influence": Name(
        "Lingkup pengaruh",
        "Pengikut dari mereka yang menyebut Anda, setiap penulis sekali sehari, sebagai bagian "
        "dari semua merek: audiens potensial.",
        "Sepuluh penyebutan oleh orang yang didengar bisa lebih berbobot daripada seratus lainnya.",
        ("pengaruh", "jangkauan pengaruh"),
    ),
    "sentiment": Name(
        "Sentimen",
        "Penyebutan positif dikurangi negatif, dari seratus yang berlabel.",
        "Apakah pembicaraan tentang Anda baik, dan ke mana arahnya.",
        ("sentimen bersih", "skor sentimen"),
    ),
    "negative-mentions": Name(
        "Penyebutan negatif",
        "Penyebutan yang berlabel negatif.",
        "Masing-masing menunjukkan apa yang perlu diperbaiki.",
        ("sebutan negatif",),
    ),
    "negative-share": Name(
        "Bagian negatif",
        "Penyebutan negatif, dari yang berlabel.",
        "Lonjakan di sini adalah awal krisis.",
        ("persentase negatif",),
    ),
    "untagged-share": Name(
        "Bagian tanpa tag",
        "Penyebutan yang menyebut Anda tanpa tagar atau nama akun Anda, dari yang diketahui.",
        "Tidak ada yang diberi tahu tentang ini; jawab juga.",
        ("penyebutan tanpa tag",),
    ),
    "reviews": Name(
        "Ulasan",
        "Ulasan yang ditulis pelanggan.",
        "Orang membacanya sebelum membeli.",
        ("jumlah ulasan",),
    ),
    "positive-reviews": Name(
        "Ulasan positif",
        "Ulasan dengan setidaknya 80 % dari bintang yang ada.",
        "Masing-masing ikut menjual.",
        ("ulasan baik",),
    ),
    "review-rating": Name(
        "Nilai ulasan",
        "Rata-rata bintang, disetarakan ke skala lima.",
        "Pendapat pelanggan, sekilas.",
        ("peringkat ulasan", "bintang", "rating ulasan"),
    ),
    "comment-length": Name(
        "Panjang komentar",
        "Panjang rata-rata komentar dalam karakter; balasan Anda sendiri tidak dihitung.",
        "Orang yang menulis satu paragraf benar-benar terlibat.",
        ("rata rata panjang komentar",),
    ),
    "nps": Name(
        "Skor promotor bersih",
        "Dari seratus orang, yang memberi 9 atau 10 dikurangi yang memberi 0 sampai 6.",
        "Apakah pelanggan akan merekomendasikan Anda.",
        ("skor promotor",),
    ),
    "survey-csat": Name(
        "Kepuasan dalam survei",
        "Jawaban di seperlima teratas skala (4–5 dari 5, 6–7 dari 7, 8–10 dari 10), dari semuanya.",
        "Apakah orang dilayani dengan baik. Setiap skala punya baris sendiri.",
        ("kepuasan survei",),
    ),
    "survey-score": Name(
        "Skor survei",
        "Rata-rata jawaban pada skalanya sendiri.",
        "Mengikuti satu pertanyaan dari waktu ke waktu.",
        ("nilai survei", "jawaban survei"),
    ),
    "platforms-compared": Name(
        "Perbandingan platform",
        "Postingan, jangkauan per postingan, tingkat keterlibatan, dan pertumbuhan setiap platform "
        "berdampingan, setiap angka dalam satuannya sendiri: tidak ada yang dijumlahkan "
        "antarplatform.",
        "Menunjukkan keunggulan setiap platform bagi Anda.",
        ("bandingkan platform",),
    ),
}

VARIANTS: Mapping[str, str] = {
    "recorded": "{title} tercatat",
    "per post": "{title} per postingan",
    "by post": "{title} per postingan",
    "by followers": "{title} menurut pengikut",
    "by activity": "{title} menurut tanggal aktivitas",
    "first": "{title}, pertama kali",
    "first touch": "{title}, sentuhan pertama",
    "linear": "{title}, linear",
    "time decay": "{title}, peluruhan waktu",
    "position": "{title}, berbasis posisi",
    "direct": "{title} langsung",
    "assisted": "{title} terbantu",
    "referred": "{title} dari rekomendasi",
    "all sources": "{title}, semua sumber",
    "from social": "{title} dari media sosial",
    "one page": "{title}, kunjungan satu halaman",
    "with margin": "{title}, margin",
    "subscription": "{title}, langganan",
    "without neutral": "{title} tanpa netral",
}
"""Another way to count a KPI, by its words → its title."""
