"""Swedish."""

SAYS = """
    tack | tackar | tackar tackar | tack tack | stort tack | tusen tack | många tack
    | tackar för det
    | tack så mycket | tack så jättemycket | tack så hemskt mycket | tack ska du ha
    | tack ska ni ha | tackar så mycket | tacksam | hjärtligt tack | nej tack
    | tack igen | tack så mycket igen | hej igen
    | hej | hejsan | hej hej | hallå | tjena | tja | tjenare | tjo | god morgon | godmorgon
    | god dag | god kväll | godkväll | god natt | godnatt | god middag | morsning
    | hej då | hejdå | adjö | vi hörs | vi ses | ha det bra | ha det | ha det gott
    | ha en bra dag | ha en fin dag | ha en trevlig dag | trevlig helg | ha en trevlig helg
    | trevlig kväll | glad sommar | god jul | gott nytt år | hälsningar | mvh
    | med vänliga hälsningar | vänliga hälsningar
    | ok | okej | okey | oki | visst | absolut | självklart | uppfattat | förstår | jag förstår
    | det låter bra | låter bra | då vet jag | noterat | mottaget
    | toppen | perfekt | super | jättebra | kanon | kanonbra | superbra | underbart | utmärkt
    | härligt | grymt | fantastiskt | strålande | suveränt | bra jobbat | snyggt jobbat | så bra
    | vad bra | allt bra | bra tack | fint tack | kul | schysst | snällt | vad snällt
    | varsågod | varsågoda | ingen fara | inga problem | inget problem | ingen orsak | detsamma
    | det var så lite | lugnt | det är lugnt
"""

BESIDE = """
    så | mycket | så mycket | jättemycket | alla | allihop | allesammans | ni | du | er
    | dig | och | då | åh | oj | haha | verkligen | för det | för hjälpen
    | för all hjälp | för din hjälp | för er hjälp | för svaret | för snabbt svar
    | för ett snabbt svar | för det snabba svaret | för svar | för infon | för informationen
    | för uppdateringen | för supporten | för stödet | för att du hör av dig | för återkopplingen
    | för snabb återkoppling | för snabb hjälp | för idag | för allt | det var
    | från mig | från oss | teamet | gänget
"""
