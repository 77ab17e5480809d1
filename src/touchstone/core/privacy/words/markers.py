"""Words that show what stands beside them: titles, verbs of the classroom, kinds of schools, states, streets."""

from touchstone.core.privacy.words import word_set

TITLES = word_set("mr mrs ms mx dr sra srta sr prof profe profa mtra mtro lic")
"""Titles that nothing but a name follows."""

LOOSE_TITLES = word_set(
    """
    miss mister missus madam coach principal professor doctor teacher director counselor superintendent nurse
    officer sister father brother pastor senora senorita senor maestra maestro profesora profesor directora
    doctora don dona consejera consejero entrenador entrenadora miz tia tio abuela abuelo aunt uncle grandma
    grandpa
    """
)
"""Titles that are ordinary words too: only a capital makes the next word a name."""

CURRICULUM_TITLED = word_set(
    """
    frizzle seuss king luther popper fox quijote juan potato piggle tumnus wonka trunchbull honey nelson
    dumbledore darcy bennet watson holmes hyde jekyll smarty wiliam darwin newton einstein curie kahlo lincoln
    viola swamp incredible mckay montessori marzano hattie vygotsky pancho inchworm gregory mcgonagall snape
    """
)

ROLES_OF_ADULTS = word_set(
    """
    paraprofessional aide coteacher mentor colleague principal coach counselor librarian interpreter
    specialist supervisor neighbor assistant facilitator partner interventionist secretary superintendent
    nurse therapist observer evaluator mother father mom dad mum parent grandmother aunt colega mentora
    companera asistente directora director mama papa madre padre supervisora consejera bibliotecaria
    interprete
    """
)
"""After `our` or `my`, a name that follows is an adult's. `co-teacher` is two words."""

PUPIL_WORDS = word_set(
    """
    kiddo kiddos newcomer student students pupil pupils boy girl kid child children learner learners classmate
    grader kindergartner scholar alumna alumno alumnas alumnos estudiante estudiantes nino nina ninos ninas
    chico chica muchacho muchacha hijo hija son daughter nephew niece
    """
)
NAMED_WORDS = word_set("named called llamado llamada llamados llamadas")

SAYING_VERBS = word_set(
    """
    tried struggled began started chose measured worked helped needed spoke built turned said says asked asks
    wrote writes explained explains answered answers told tells replied shared shares noticed notices raised
    whispered shouted laughed smiled nodded drew solved counted finished revised rewrote added argued agreed
    disagreed pointed suggested admitted insisted read stood volunteered guessed thought wondered dijo dice
    pregunto pregunta explico explica escribio escribe contesto contesta respondio compartio noto levanto
    dibujo resolvio conto leyo corrigio termino penso opino sugirio senalo participo
    """
)
"""What a pupil does in an account of a lesson."""

BEFORE_NAMES = word_set(
    """
    by named called llamada llamado asked helped told gave handed watched invited thanked paired let pregunte
    ayude pedi observe invite
    """
)
OWN_THINGS = word_set(
    """
    class classroom room students pupils work paper notebook answer answers model graph drawing essay draft
    strategy claim lesson mother father parents mom dad family desk group question idea explanation response
    clase salon grupo
    """
)

DETERMINERS = word_set(
    """
    the a an this that these those our your their his her each every some any no my el la los las un una su
    este esta ese esa nuestro nuestra
    """
)

CLOSINGS = word_set(
    """
    sincerely best thanks regards warmly respectfully cheers cordially love yours gratefully atentamente
    saludos gracias cordialmente respetuosamente abrazos carinosamente
    """
)
SIGNATURE_LABELS = word_set(
    """
    name teacher author educator nombre maestra maestro docente autora autor profesora profesor earner
    candidate
    """
)
PUPIL_LABELS = word_set("student pupil alumno alumna estudiante learner")
BYLINES = word_set("by por")

SCHOOL_TYPES = word_set(
    """
    elementary middle high primary intermediate school academy junior charter magnet preparatory prep
    preschool kindergarten montessori grammar secondary senior academia
    """
)
SCHOOL_ENDS = word_set("prep preparatory school academy elementary high middle primary intermediate")
SPANISH_SCHOOLS = word_set("esc escuela colegio primaria secundaria preparatoria academia instituto liceo jardin")
SPANISH_SCHOOL_TYPES = word_set(
    """
    prim sec primaria secundaria elemental superior intermedia preparatoria tecnica telesecundaria normal
    publica bilingue federal estatal
    """
)
DISTRICT_ENDS = word_set("isd usd cisd csd psd uhsd cusd")
DISTRICT_TYPES = word_set(
    """
    unified independent consolidated community unit county city parish public schools school district central
    joint union high elementary area regional township borough cooperative
    """
)

NOT_IN_A_NAME = word_set(
    """
    the a an in at of to for from by with and or our my your their his her its this that these those we i he
    she they you is was are were be as on when where while after before during because if but so then every
    each all both some many most more new old public private local other another any no one two three four
    first second third former current students teachers parents families dear hello hi yes please see visit
    call write email en de la el los las un una mi mis su sus nuestro nuestra esta este al del con por para
    que y o como cuando donde
    """
)
"""Words that end a run of capitals: `At Lincoln Elementary` is about Lincoln Elementary."""

NAME_PARTICLES = word_set(
    """
    de la las los del van der den von di da dos das du le y e st san santa al el bin ben abu mac mc o d ter
    """
)

NOT_SURNAMES = word_set(
    """
    investigator investigators components component leader leaders training meeting observation feedback notes
    note appointment appointments development guide edition resource resources page workshop works and or of
    who the in on is was are were will team tips time talk talks manual moves day week month today name names
    said
    """
)

STATES = word_set(
    """
    alabama alaska arizona arkansas california colorado connecticut delaware florida georgia hawaii idaho
    illinois indiana iowa kansas kentucky louisiana maine maryland massachusetts michigan minnesota
    mississippi missouri montana nebraska nevada ohio oklahoma oregon pennsylvania tennessee texas utah
    vermont virginia washington wisconsin wyoming guam
    """
)
STATE_PAIRS = {
    ("new", "york"),
    ("new", "mexico"),
    ("new", "jersey"),
    ("new", "hampshire"),
    ("north", "carolina"),
    ("south", "carolina"),
    ("north", "dakota"),
    ("south", "dakota"),
    ("west", "virginia"),
    ("rhode", "island"),
    ("puerto", "rico"),
}
STATE_CODES = word_set(
    """
    AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH
    OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC PR GU
    """
)
LESSON_TOWNS = word_set(
    """
    gettysburg selma topeka philadelphia jamestown montgomery salem flint concord lexington boston chicago
    honolulu kitty hawk roswell houston springfield plymouth charleston birmingham memphis harbor falls rock
    """
)
"""Towns that lessons speak of: not an address by themselves."""

SOCIAL_SITES = word_set(
    """
    instagram twitter tiktok snapchat facebook insta ig threads bluesky mastodon youtube pinterest seesaw
    twitch discord remind
    """
)
