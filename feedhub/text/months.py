"""The names of months in the languages of feeds."""

from typing import Final

_NAMES: Final = (
    """january janvier januar januari janeiro enero gennaio ocak yanvar yanuari styczeń stycznia leden ledna ianuarie
    ιανουάριος ιανουαρίου январь января січень січня студзень студзеня януари қаңтар იანვარი հունվար հունվարի يناير
    ژانویه ינואר január јануар jaanuar janvāris janar""",
    """february février fevrier februar februari fevereiro febrero febbraio şubat subat fevral luty lutego únor února
    februarie φεβρουάριος φεβρουαρίου февраль февраля лютий лютого люты лютага февруари ақпан თებერვალი փետրվար
    փետրվարի فبراير فوریه פברואר február фебруар veebruar februāris shkurt""",
    """march mars märz mrz marts marzo março marco maart mart marzec marca březen března martie μάρτιος μαρτίου март
    марта березень березня сакавік сакавіка наурыз მარტი մարտ մարտի مارس מרץ mrt maret március märts""",
    """april avril abril aprile nisan aprel kwiecień kwietnia duben dubna aprilie απρίλιος απριλίου апрель апреля апрел
    април квітень квітня красавік красавіка сәуір აპრილი ապրիլ ապրիլի أبريل إبريل ابريل نيسان آوریل אפריל április
    aprīlis aprill prill""",
    """may mai mayo maio maggio maj maja mei mayıs mayis květen května μάιος μαΐου май мая травень травня травеня мамыр
    მაისი մայիս մայիսի مايو أيار מאי május мај maijs""",
    """june juin juni junio junho giugno haziran iyun czerwiec czerwca červen června iunie ιούνιος ιουνίου июнь июня
    юни червень червня чэрвень чэрвеня маусым ივნისი հունիս հունիսի يونيو يونيه حزيران ژوئن יוני június jun јун
    juuni jūnijs qershor""",
    """july juillet juli julio julho luglio temmuz iyul lipiec lipca červenec července iulie ιούλιος ιουλίου июль июля
    юли липень липня ліпень ліпеня шілде ივლისი հուլիս հուլիսի يوليو يوليه تموز ژوئیه יולי július jul јул juuli
    jūlijs korrik""",
    """august août aout agosto augustus augusti ağustos agustos avqust avgust sierpień sierpnia srpen srpna αύγουστος
    αυγούστου август августа серпень серпня жнівень жніўня тамыз აგვისტო օգոստոս օգոստոսի أغسطس اغسطس اوت אוגוסט
    augusztus agustus augusts gusht""",
    """september septembre septembrie septiembre setiembre settembre setembro eylül eylul sentyabr sentabr wrzesień
    września září σεπτέμβριος σεπτεμβρίου сентябрь сентября септември вересень вересня верасень верасня қыркүйек
    სექტემბერი սեպտեմբեր սեպտեմբերի سبتمبر أيلول سپتامبر ספטמבר szeptember septembar септембар septembris shtator""",
    """october octobre octombrie oktober octubre ottobre outubro ekim oktyabr oktabr październik października říjen
    října οκτώβριος οκτωβρίου октябрь октября октомври жовтень жовтня кастрычнік кастрычніка қазан ოქტომბერი
    հոկտեմբեր հոկտեմբերի أكتوبر اكتوبر اکتبر אוקטובר október oktobar октобар oktoober oktobris tetor""",
    """november novembre noiembrie noviembre novembro kasım kasim noyabr listopad listopada listopadu νοέμβριος
    νοεμβρίου ноябрь ноября ноември листопад листопада лістапад лістапада қараша ნოემბერი նոյեմբեր նոյեմբերի نوفمبر
    نوامبر נובמבר novembar новембар novembris nëntor""",
    """december décembre decembre decembrie dezember dezembro diciembre dicembre aralık aralik dekabr grudzień grudnia
    prosinec prosince δεκέμβριος δεκεμβρίου декабрь декабря декември грудень грудня снежань снежня желтоқсан
    დეკემბერი դեկտեմբեր դեկտեմբերի ديسمبر دسامبر דצמבר decembar децембар desember detsember decembris dhjetor""",
)
"""In the nominative and, where dates want it, the genitive, lower case. Without Finnish: its marraskuu takes "mar"."""

_SHORTEST: Final = 3


def _months() -> dict[str, int]:
    """Every name, and each of its beginnings that belongs to that month alone."""
    whole = {word: month for month, words in enumerate(_NAMES, start=1) for word in words.split()}
    names: dict[str, int] = {}
    shared: set[str] = set()
    for word, month in whole.items():
        for length in range(_SHORTEST, len(word)):
            if names.setdefault(word[:length], month) != month:
                shared.add(word[:length])
    return {name: month for name, month in names.items() if name not in shared} | whole


MONTH_OF: Final = _months()
"""From a name or its beginning, at least three letters of it, to the month, 1 to 12."""
