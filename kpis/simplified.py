"""Traditional Chinese characters as simplified ones, so that names are found in either script.

Those of the grammar and of the names of KPIs, from OpenCC's tables (Apache-2.0); a new name may
need more. Names that people chose are folded the same way on both sides.
"""

TRADITIONAL = (
    "佈佔來係俬個們傢傾僅價優內兩冊凈別創動務勢區參員問啓啟單嗎噹嚮嚴國圍圖報壓對帳幫幾廣"
    "彆彔後從復應戶捲換擊據擴數於時曏書會査桿業構標樣檯權歸決況淨減準滿漲潛潤瀏為無熱營爭"
    "爲獲現環當發眾確禮積穫競箇節範簽籤級終組結絡給絲綫網緒線總繫續纍聲臉臺與菓蓋蔘薦處號"
    "衆衕裏裡製複見視覽觀觸訂計記訪訴註評詞話認語說説調請論諾謝譜變讚負責買費貼資賬購贊趨"
    "蹤較輔輿轉辦迴這週過達遲還釋銷錄録錶鍵鏈長門閉開間閤閱閲關隻離韆響頁領頭頻題額類顧顯"
    "颱體髮麪麫麵麼麽點齡齣"
)
PLAIN = (
    "布占来系私个们家倾仅价优内两册净别创动务势区参员问启启单吗当向严国围图报压对帐帮几广"
    "别录后从复应户卷换击据扩数于时向书会查杆业构标样台权归决况净减准满涨潜润浏为无热营争"
    "为获现环当发众确礼积获竞个节范签签级终组结络给丝线网绪线总系续累声脸台与果盖参荐处号"
    "众同里里制复见视览观触订计记访诉注评词话认语说说调请论诺谢谱变赞负责买费贴资账购赞趋"
    "踪较辅舆转办回这周过达迟还释销录录表键链长门闭开间合阅阅关只离千响页领头频题额类顾显"
    "台体发面面面么么点龄出"
)

SIMPLIFIED = str.maketrans(TRADITIONAL, PLAIN)
