"""Swedish names of every KPI."""

from collections.abc import Mapping

from kpis.names.name import Name

NATIVE_READER: str | None = None
"""Who speaks the language natively and has read this; nobody yet."""

NAMES: Mapping[str, Name] = {
    "reach": Name(
        "Räckvidd",
        "Olika personer som har sett något från er. Varje person räknas en gång under hela "
        "perioden, så dagar, konton och plattformar läggs aldrig ihop.",
        "Visar hur många ni når ut till.",
        ("nådda personer", "nådda konton", "unika tittare", "unik räckvidd"),
    ),
    "reach-sum": Name(
        "Summa av daglig räckvidd",
        "Räckvidden för varje dag, sammanlagd. En person kan räknas en gång per dag.",
        "Vissa verktyg kallar detta total räckvidd; här har det ett eget namn.",
        ("total räckvidd", "kumulativ räckvidd", "sammanlagd räckvidd"),
    ),
    "impressions": Name(
        "Visningar",
        "Antal gånger som något från er har visats, klickat eller inte.",
        "Visar hur mycket uppmärksamhet ni fick; samma person räknas varje gång.",
        ("exponeringar", "antal visningar"),
    ),
    "frequency": Name(
        "Frekvens",
        "Visningar per nådd person under samma period.",
        "Säger om få såg er ofta eller många såg er en gång.",
        ("visningsfrekvens",),
    ),
    "profile-visits": Name(
        "Profilbesök",
        "Besök på er profil.",
        "Ett tecken på att folk vill veta vilka ni är.",
        ("profilvisningar", "besök på profilen"),
    ),
    "ctr": Name(
        "Klickfrekvens",
        "Länkklick per visning.",
        "Visar om det folk ser får dem att vilja veta mer.",
        ("klickgrad",),
    ),
    "hashtag-usage": Name(
        "Hashtaggar",
        "För varje hashtagg: inlägg, räckvidd per inlägg och engagemangsgrad efter räckvidd.",
        "Visar vilka hashtaggar som breddar publiken.",
        ("taggar", "användning av hashtaggar"),
    ),
    "followers": Name(
        "Följare",
        "Personer som följer er: det sista antalet under perioden.",
        "Storleken på den publik ni kan räkna med.",
        ("antal följare", "prenumeranter", "totalt antal följare"),
    ),
    "followers-gained": Name(
        "Nya följare",
        "Nya följare under perioden.",
        "Visar vad som lockar folk.",
        ("vunna följare",),
    ),
    "followers-lost": Name(
        "Förlorade följare",
        "Följare som lämnade under perioden.",
        "Visar vad som stöter bort folk.",
        ("tappade följare", "avföljningar"),
    ),
    "net-followers": Name(
        "Nettoförändring av följare",
        "Följare sista dagen minus följare dagen före den första.",
        "Säger om publiken växte.",
        ("nettoföljare", "förändring av följare"),
    ),
    "follower-growth": Name(
        "Följartillväxt",
        "Nettoförändringen som andel av följarna dagen före den första.",
        "Gör stora och små kontons tillväxt jämförbar.",
        ("tillväxttakt", "tillväxt", "följarökning"),
    ),
    "posts": Name(
        "Inlägg",
        "Publicerade inlägg.",
        "Jämn publicering hjälper räckvidden.",
        ("antal inlägg", "publicerade inlägg", "publiceringstakt"),
    ),
    "content-mix": Name(
        "Innehållsmix",
        "Varje innehållstyps andel av era inlägg, bredvid dess andel av engagemanget.",
        "Visar vilka typer som ger mer än sin andel.",
        ("innehållstyper", "inläggstyper"),
    ),
    "engagements": Name(
        "Engagemang",
        "Gillamarkeringar, kommentarer, delningar och länkklick.",
        "Hur ofta folk gjorde något med det de såg.",
        ("interaktioner", "totalt engagemang"),
    ),
    "interactions": Name(
        "Interaktioner utan klick",
        "Gillamarkeringar, kommentarer, delningar och sparningar.",
        "Som engagemang, för källor utan klick.",
        ("interaktioner med sparningar",),
    ),
    "likes": Name(
        "Gillamarkeringar",
        "Gillamarkeringar och andra reaktioner.",
        "Det enklaste tecknet på att folk bryr sig.",
        ("gilla", "gillanden", "reaktioner"),
    ),
    "comments": Name(
        "Kommentarer",
        "Kommentarer och svar.",
        "Mer värda än gillamarkeringar: folk tog sig tid att skriva.",
        ("antal kommentarer", "kommentar"),
    ),
    "shares": Name(
        "Delningar",
        "Delningar, repostningar och citat.",
        "Folk förde er vidare till sina egna följare.",
        ("antal delningar", "omdelningar"),
    ),
    "saves": Name(
        "Sparningar",
        "Sparningar och bokmärken.",
        "Folk tänker komma tillbaka.",
        ("sparade", "bokmärken", "sparade inlägg"),
    ),
    "clicks": Name(
        "Länkklick",
        "Klick på länkar; LinkedIn och Facebook ger alla klick.",
        "Folk ville ha mer än inlägget.",
        ("klick", "antal klick"),
    ),
    "video-views": Name(
        "Videovisningar",
        "Antal gånger som en video har spelats.",
        "Hur mycket era videor ses.",
        ("uppspelningar", "filmvisningar"),
    ),
    "engagement-rate-impressions": Name(
        "Engagemangsgrad efter visningar",
        "Gillamarkeringar, kommentarer, delningar och klick per visning av publicerade inlägg.",
        "Engagemangsgraden för plattformar utan räckvidd, och LinkedIns egen.",
        ("engagemang per visning", "engagemangsgrad per visning"),
    ),
    "engagement-rate": Name(
        "Engagemangsgrad efter räckvidd",
        "Gillamarkeringar, kommentarer, delningar och klick per person som ett inlägg nådde, över "
        "alla publicerade inlägg.",
        "Visar intresset hos dem som såg er, hur stor publiken än är.",
        ("engagemangsgrad", "engagemang per räckvidd", "engagemangsfrekvens"),
    ),
    "average-engagement-rate": Name(
        "Genomsnittlig engagemangsgrad",
        "Medelvärdet av inläggens egna engagemangsgrader efter räckvidd.",
        "Alla inlägg väger lika, hur långt de än nådde.",
        ("snittengagemang", "snittlig engagemangsgrad"),
    ),
    "interaction-rate": Name(
        "Interaktionsgrad efter räckvidd",
        "Gillamarkeringar, kommentarer, delningar och sparningar per person som ett inlägg nådde, "
        "över alla publicerade inlägg.",
        "Engagemangsgraden utan klick, för källor som inte räknar dem.",
        ("interaktionsgrad",),
    ),
    "average-interaction-rate": Name(
        "Genomsnittlig interaktionsgrad",
        "Medelvärdet av inläggens egna interaktionsgrader efter räckvidd.",
        "Alla inlägg väger lika, hur långt de än nådde.",
        ("snittlig interaktionsgrad",),
    ),
    "engagement-rate-followers": Name(
        "Engagemangsgrad efter följare",
        "Varje inläggs engagemang per följare vid publiceringen; medelvärdet över inläggen.",
        "Går att jämföra med konton vars räckvidd ni inte ser.",
        ("engagemang per följare", "engagemangsgrad per följare"),
    ),
    "applause-rate": Name(
        "Applådgrad",
        "Gillamarkeringar per person som ett inlägg nådde, över alla publicerade inlägg.",
        "Hur stor del av publiken som gillar det.",
        ("applåder", "gillagrad"),
    ),
    "amplification-rate": Name(
        "Spridningsgrad",
        "Delningar per person som ett inlägg nådde, över alla publicerade inlägg.",
        "Hur stor del av publiken som för er vidare.",
        ("förstärkningsgrad", "delningsgrad", "spridning"),
    ),
    "conversation-rate": Name(
        "Samtalsgrad",
        "Kommentarer per inlägg.",
        "Visar vilka inlägg som väcker samtal.",
        ("konversationsgrad",),
    ),
    "best-times": Name(
        "Bästa tider",
        "Inläggens median av engagemangsgraden per veckodag och timme, dragen mot den totala "
        "medianen där inläggen är få.",
        "Publicera när folk svarar.",
        ("bästa tid", "bästa tiden", "bästa publiceringstid", "när ska vi publicera"),
    ),
    "top-posts": Name(
        "Bästa inlägg",
        "De bästa inläggen som publicerades under dessa dagar, vart och ett bredvid medianen av "
        "det egna kontots inlägg de 90 dagarna innan, och vad de har gemensamt som andra inlägg "
        "inte har.",
        "Det som gick bra en gång är värt att göra igen.",
        ("toppinlägg", "topp inlägg", "bästa inläggen", "mest engagerande inlägg"),
    ),
    "audience-fit": Name(
        "Rätt publik",
        "Kända personer i den publik ni vill nå, av alla vars land, ålder eller kön plattformen "
        "känner till.",
        "Räckvidd är bara värd något hos rätt personer.",
        ("målgruppsträff", "publikmatchning"),
    ),
    "first-response-time": Name(
        "Första svarstid",
        "Från kundens första meddelande till teamets första svar. En reaktion eller en bots "
        "meddelande är inget svar.",
        "Den väntan som kunden känner först.",
        ("svarstid", "första svar", "tid till första svar", "tid till svar"),
    ),
    "next-response-time": Name(
        "Nästa svarstid",
        "Hur länge en kund som skrev igen väntade på nästa svar, räknat från det äldsta obesvarade "
        "meddelandet.",
        "Ett snabbt första svar är inte mycket värt om det andra tar dagar.",
        ("följande svarstid", "nästa svar"),
    ),
    "resolution-time": Name(
        "Lösningstid",
        "Från kundens första meddelande till den lösning som gäller. Ett ärende som öppnades igen "
        "räknas tills det löstes på nytt.",
        "Hela den tid som kundens ärende tog.",
        ("tid till lösning", "handläggningstid"),
    ),
    "acknowledge-time": Name(
        "Tid till bekräftelse",
        "Från kundens första meddelande till det första tecknet på att någon tittar på det: 👀, "
        "ett övertagande eller ett svar.",
        "Visar om någon håller koll.",
        ("bekräftelsetid",),
    ),
    "customer-wait": Name(
        "Kundens väntetid",
        "Alla kundens väntetider på svar i ett ärende, sammanlagda.",
        "Snabba enskilda svar kan ändå bli en lång väntan.",
        ("väntetid", "total väntetid"),
    ),
    "relay-lag": Name(
        "Fördröjning till Slack",
        "Från ett inlägg på nätverket tills det kommer till Slack.",
        "Vad integrationen tar innan teamet kan se något.",
        ("integrationsfördröjning",),
    ),
    "issues": Name(
        "Ärenden",
        "Kundärenden som öppnades.",
        "Hur mycket era kunder ber er om.",
        ("nya ärenden", "öppnade ärenden", "antal ärenden"),
    ),
    "issues-resolved": Name(
        "Lösta ärenden",
        "Gjorda lösningar. Ett ärende som löstes, öppnades igen och löstes på nytt räknas två "
        "gånger.",
        "Vad teamet har fått gjort.",
        ("avslutade ärenden",),
    ),
    "open-issues": Name(
        "Öppna ärenden",
        "Ärenden som är öppnade och inte lösta vid periodens slut.",
        "Arbetet som väntar.",
        ("olösta ärenden", "ärendekö"),
    ),
    "resolution-rate": Name(
        "Lösningsgrad",
        "Andelen av de öppnade ärendena som är lösta nu.",
        "Inget lämnas utanför här för att det tar lång tid.",
        ("andel lösta",),
    ),
    "response-rate": Name(
        "Svarsgrad",
        "Andelen av de öppnade ärendena som har fått ett svar nu.",
        "En snabb median säger lite om många inte får något svar alls.",
        ("svarsfrekvens", "andel besvarade"),
    ),
    "sla-attainment": Name(
        "Uppfyllda svarslöften",
        "Andelen av de avgjorda målen som nåddes. Ett missat mål räknas när det förfaller, inte "
        "när någon till slut svarar.",
        "Om ni håller vad ni lovat.",
        ("sla uppfyllnad", "uppfyllda mål"),
    ),
    "reopen-rate": Name(
        "Återöppningsgrad",
        "Andelen av de ärenden som först löstes under perioden som öppnades igen. Räknas när tiden "
        "för att öppna igen har gått ut.",
        "Löst för tidigt är inte löst.",
        ("andel återöppnade",),
    ),
    "reopened": Name(
        "Återöppnade ärenden",
        "Hur ofta ett löst ärende öppnades igen.",
        "Var och en är en kund som inte fick hjälp första gången.",
        ("återöppningar", "återöppnade"),
    ),
    "one-touch-rate": Name(
        "Lösta med ett svar",
        "Andelen av de först lösta ärendena som en person löste med exakt ett svar och som aldrig "
        "öppnades igen. Räknas när tiden för att öppna igen har gått ut.",
        "Ett svar som räcker är det bästa en kund kan få.",
        ("löst vid första kontakten", "ett svar räckte"),
    ),
    "zero-touch": Name(
        "Lösta utan svar",
        "Andelen av de först lösta ärendena som stängdes med en markering utan något svar här och "
        "som aldrig öppnades igen.",
        "Ofta betyder det att svaret gavs någon annanstans.",
        ("stängda utan svar",),
    ),
    "responses-to-resolve": Name(
        "Svar till lösning",
        "Teamets svar tills ett ärende först löstes. Flera av samma person inom två minuter räknas "
        "som ett.",
        "Många svar betyder att kunden fick förklara mycket.",
        ("svar per lösning", "antal svar till lösning"),
    ),
    "csat": Name(
        "Kundnöjdhet",
        "Andelen 4 och 5 bland kundernas betyg från 1 till 5.",
        "Snabbt är inte detsamma som hjälpsamt; det här säger om det var det.",
        ("kundbetyg", "nöjda kunder"),
    ),
    "web-traffic": Name(
        "Webbtrafik",
        "Sessioner på er webbplats som kom från sociala medier.",
        "Visar om inläggen för folk dit ni kan hjälpa dem.",
        ("sessioner", "webbplatsbesök", "besök på webbplatsen", "hänvisningstrafik"),
    ),
    "page-views": Name(
        "Sidvisningar",
        "Visade sidor på er webbplats, från alla källor.",
        "Hur mycket av webbplatsen folk ser.",
        ("antal sidvisningar",),
    ),
    "bounce-rate": Name(
        "Avvisningsfrekvens",
        "Andelen sessioner från sociala medier som inte var engagerade, så som GA4 räknar: under "
        "10 sekunder, en sida och ingen viktig händelse.",
        "Många avvisningar: sidan håller inte vad inlägget lovade.",
        ("studsfrekvens",),
    ),
    "conversions": Name(
        "Konverteringar",
        "Det ni hoppades att folk skulle göra, av alla slag: köp, leads, registreringar.",
        "Vad sociala medier i slutändan är till för.",
        ("konvertering", "antal konverteringar"),
    ),
    "leads": Name(
        "Leads och förfrågningar",
        "Anmälningar till prov eller demo, låsta nedladdningar, offertförfrågningar.",
        "Personer som kan bli kunder.",
        ("förfrågningar", "kundämnen", "offertförfrågningar"),
    ),
    "sign-ups": Name(
        "Registreringar",
        "Personer som prenumererade eller registrerade sig.",
        "De bad att få höra av er igen.",
        ("anmälningar", "nyhetsbrevsanmälningar"),
    ),
    "purchases": Name(
        "Köp",
        "Konverteringar som var ett köp.",
        "Försäljning där sociala medier hade en del.",
        ("antal köp", "inköp"),
    ),
    "conversion-rate": Name(
        "Konverteringsgrad",
        "Andelen sessioner från sociala medier med en konvertering.",
        "Hur många av dem som kommer som gör det ni hoppades på.",
        ("konverteringsfrekvens",),
    ),
    "revenue": Name(
        "Intäkter",
        "Värdet av de konverteringar som en kontakt i sociala medier får äran för.",
        "Vad sociala medier tjänar in.",
        ("intäkt", "omsättning", "försäljningsvärde"),
    ),
    "attribution": Name(
        "Attribution av konverteringar",
        "Vilka medier som får äran för konverteringarna, enligt sex modeller sida vid sida: "
        "första, sista, linjär, tidsavtagande, positionsbaserad och Markov.",
        "Den första kontakten och den sista berättar olika saker; ingen modell är sanningen.",
        ("attributionsmodeller", "attribuering"),
    ),
    "spend": Name(
        "Annonskostnad",
        "Vad annonserna kostar.",
        "Den del av kostnaden som ändras dagligen.",
        ("annonsutgifter", "mediekostnad", "kostnader"),
    ),
    "cpc": Name(
        "Kostnad per klick",
        "Annonskostnad per klick på en annons.",
        "Jämför vad uppmärksamhet kostar på varje plattform.",
        ("klickpris", "klickkostnad"),
    ),
    "cpm": Name(
        "Kostnad per 1 000 visningar",
        "Annonskostnad per 1 000 gånger som en annons visades.",
        "Jämför vad det kostar att synas på varje plattform.",
        ("kostnad per tusen visningar", "tusenkontaktpris"),
    ),
    "cost-per-conversion": Name(
        "Kostnad per konvertering",
        "Annonskostnad per konvertering som en kontakt i sociala medier får äran för.",
        "Vad en kund till kostar.",
        ("kostnad per lead", "kostnad per köp"),
    ),
    "roi": Name(
        "Avkastning på investeringen",
        "Attribuerade intäkter minus kostnad, i förhållande till kostnaden: annonser samt "
        "deklarerat arbete och verktyg.",
        "Det första som chefer frågar efter.",
        ("avkastning", "direkt avkastning"),
    ),
    "roas": Name(
        "Avkastning på annonskostnad",
        "Attribuerade intäkter per annonskrona.",
        "Om annonserna betalar sig.",
        ("annonsavkastning",),
    ),
    "ave": Name(
        "Annonsvärde",
        "Organiska visningar till priset för 1 000 köpta, per plattform.",
        "Vissa frågar fortfarande efter det. Det säger inget om vad folk tyckte eller gjorde.",
        ("annonsekvivalent", "motsvarande annonsvärde"),
    ),
    "ppc-equivalent": Name(
        "Motsvarande klickvärde",
        "Sessioner från sociala medier per sökord, till priset för ett klick på sökordet.",
        "Ett första mått på vad obetald trafik är värd.",
        ("värde i köpta klick",),
    ),
    "service-savings": Name(
        "Besparing i kundservice",
        "Kontakter som ett offentligt svar besparade, till kostnaden för en kontakt.",
        "Ett offentligt svar kan ersätta många privata.",
        ("servicebesparing", "besparingar"),
    ),
    "indirect-roi": Name(
        "Indirekt avkastning",
        "Deklarerade indirekta värden i förhållande till kostnaden. Aldrig en del av den direkta "
        "avkastningen.",
        "Anseende, förtroende och partner är värda något; här står någon för hur mycket.",
        ("indirekt värde",),
    ),
    "aov": Name(
        "Genomsnittligt ordervärde",
        "Ordervärde per order.",
        "Hur mycket folk köper åt gången.",
        ("snittorder", "ordervärde", "snittordervärde"),
    ),
    "clv": Name(
        "Kundlivstidsvärde",
        "Genomsnittligt ordervärde × order per kund och år × år som en kund stannar.",
        "Vad det är värt att vinna och behålla en kund.",
        ("livstidsvärde", "kundvärde"),
    ),
    "annual-customer-value": Name(
        "Årligt kundvärde",
        "Genomsnittligt ordervärde × order per kund och år.",
        "Vad en kund ger på ett år.",
        ("kundvärde per år",),
    ),
    "repeat-rate": Name(
        "Återköpsgrad",
        "Andelen av kunderna som gjorde två eller fler köp under perioden.",
        "Att behålla en kund kostar oftast mindre än att vinna en.",
        ("återköp", "återkommande kunder"),
    ),
    "mentions": Name(
        "Omnämnanden",
        "Antal gånger som någon nämnde ert varumärke.",
        "Om folk talar om er.",
        ("omnämnande", "antal omnämnanden"),
    ),
    "share-of-voice": Name(
        "Röstandel",
        "Era omnämnanden av era och de följda konkurrenternas tillsammans.",
        "Hur stor del av samtalet som gäller er. Räknar bara mängden.",
        ("andel av samtalet", "andel av omnämnanden"),
    ),
    "share-of-voice-ratio": Name(
        "Röstkvot",
        "Era omnämnanden per omnämnande av de konkurrenter ni följer; över 1 leder ni.",
        "Som röstandelen, i den form som vissa rapporter använder.",
        ("kvot mot konkurrenter",),
    ),
    "sphere-of-influence": Name(
        "Inflytandesfär",
        "Följarna hos dem som nämnde er, varje avsändare en gång per dag, som andel av alla "
        "varumärkens: möjlig publik.",
        "Tio omnämnanden av dem som folk lyssnar på kan väga mer än hundra andra.",
        ("inflytande", "påverkanssfär"),
    ),
    "sentiment": Name(
        "Tonläge",
        "Positiva minus negativa omnämnanden, av hundra märkta.",
        "Om det som sägs om er är bra, och åt vilket håll det går.",
        ("stämning", "nettosentiment", "tonalitet"),
    ),
    "negative-mentions": Name(
        "Negativa omnämnanden",
        "Omnämnanden som är märkta negativa.",
        "Vart och ett säger vad som kan bli bättre.",
        ("antal negativa omnämnanden",),
    ),
    "negative-share": Name(
        "Andel negativa",
        "Negativa omnämnanden, av dem som är märkta.",
        "En topp här är en kris som börjar.",
        ("negativ andel",),
    ),
    "untagged-share": Name(
        "Andel otaggade",
        "Omnämnanden som nämner er utan er hashtagg eller ert kontonamn, av dem där det är känt.",
        "Ingen får veta om dem; svara på dem också.",
        ("otaggade omnämnanden",),
    ),
    "reviews": Name(
        "Recensioner",
        "Recensioner som kunder har skrivit.",
        "Folk läser dem innan de köper.",
        ("recension", "omdömen", "antal recensioner"),
    ),
    "positive-reviews": Name(
        "Positiva recensioner",
        "Recensioner med minst 80 % av stjärnorna som finns.",
        "Varje sådan säljer.",
        ("bra recensioner", "goda omdömen"),
    ),
    "review-rating": Name(
        "Recensionsbetyg",
        "Stjärnornas medelvärde, omräknat till en femgradig skala.",
        "Vad kunderna tycker, i korthet.",
        ("snittbetyg", "betyg", "stjärnor"),
    ),
    "comment-length": Name(
        "Kommentarernas längd",
        "Kommentarernas medellängd i tecken; era egna svar räknas inte.",
        "Folk som skriver ett stycke är engagerade.",
        ("kommentarslängd", "längd på kommentarer"),
    ),
    "nps": Name(
        "Rekommendationsindex (NPS)",
        "Av hundra personer: de som gav 9 eller 10 minus de som gav 0 till 6.",
        "Om kunderna skulle rekommendera er.",
        ("rekommendationsindex", "rekommendationsgrad"),
    ),
    "survey-csat": Name(
        "Nöjdhet i enkäter",
        "Svar i den översta femtedelen av skalan (4–5 av 5, 6–7 av 7, 8–10 av 10), av alla.",
        "Om folk fick bra hjälp. Varje skala står på en egen rad.",
        ("enkätnöjdhet", "nöjda i enkäter"),
    ),
    "survey-score": Name(
        "Enkätbetyg",
        "Svarens medelvärde på sin egen skala.",
        "Följer en fråga över tid.",
        ("enkätsvar", "enkätresultat"),
    ),
    "platforms-compared": Name(
        "Plattformar jämförda",
        "Varje plattforms inlägg, räckvidd per inlägg, engagemangsgrad och tillväxt sida vid sida, "
        "varje tal i sin egen enhet: inget läggs ihop mellan plattformar.",
        "Visar vad varje plattform gör bra för er.",
        ("jämför plattformar", "plattformsjämförelse"),
    ),
}

VARIANTS: Mapping[str, str] = {
    "recorded": "{title}, registrerade",
    "per post": "{title} per inlägg",
    "by post": "{title} per inlägg",
    "by followers": "{title} efter följare",
    "by activity": "{title} efter aktivitetsdatum",
    "first": "{title}, första lösningen",
    "first touch": "{title}, första kontakt",
    "linear": "{title}, linjär",
    "time decay": "{title}, tidsavtagande",
    "position": "{title}, positionsbaserad",
    "direct": "{title}, direkta",
    "assisted": "{title}, assisterade",
    "referred": "{title}, på rekommendation",
    "all sources": "{title}, alla källor",
    "from social": "{title} från sociala medier",
    "one page": "{title}, besök på en sida",
    "with margin": "{title}, marginal",
    "subscription": "{title}, prenumeration",
    "without neutral": "{title} utan neutrala",
}
"""Another way to count a KPI, by its words → its title."""
