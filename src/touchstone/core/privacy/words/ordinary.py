"""Names that are also words, months or places."""

from touchstone.core.privacy.words import word_set

FUNCTION_WORDS = word_set(
    """
    a an and as at be but by can do el en for go had has have he her him his i if in is it la las le lo los ma
    may me my no not of on one or our out own se she so su that the their then they this to un una up us was
    we who will with would y yo you your de del al con que por para sin mas como es son fue hay mi tu ti si ya
    nos les oh hi ok ho
    """
)
"""Names such as Will, An, So or May that stand in every other sentence as something else."""

ENGLISH_WORDS = word_set(
    """
    amber angel april araya art august aurora autumn bacon baker ball banks barber bay beach bear bell berry
    best bill bird bishop black blue bob bond booth boss bowl branch bridge bridges brooks brown buck bush
    butler cannon carpenter case chance chandler chase cherry chip church clay clever cliff coach coco cole
    cook cooper coral crane cross crystal daisy dale dandy dawn day dean destiny diamond dick dot drake drew
    duke earl early east echo english ever fair faith farmer field fields fisher flowers ford forest foster
    fox frank freeman french frost fuller gates gene gentle glass glory golden good grace grant graves gray
    green greer gross grove guy hall hardy harmony hart haven hazel heart heath heaven herb hero hill holly
    honor hood hope horn house hunt hunter iris iron ivory ivy jack jade jewel joy jury justice kay key king
    kit kitty knight lake lamb lance lane lark liberty light lily little long love low mae major mann marco
    marina mark marks marsh mason may meadow melody mercy merry mia miles miller mills mister moon moss
    mountain myth nan nash nell nick noble novel oak ocean olive opal page palma park parks pat patience pearl
    peg penny person pierce pike poet polly pool poole pope porter potter power powers pratt precious price
    prince providence quick rain ray read red reed rice rich ring river rivers roach rob robin rock rod rose
    ruby rush rusty sage sandy savage sawyer scarlet serena serenity shade sharp sheets shepherd sherry short
    silver sims skip sky small snow song sparks spring star stark steel stella stew stone storm street strong
    sue summer summers sun sunny swift tanner temple terry thorn timber tin trinity trip true tucker vale van
    victor victoria viola violet wade walker wall walls ward ware waters way weaver weber webster wells west
    wheeler white wise wolf wood woods wright young
    """
)
SPANISH_WORDS = word_set(
    """
    abril alba alegria amor angel angeles aurora azucena blanca blanco bosque bravo caballero cabello calvo
    campo campos cano caridad casas castillo clara cobo conde consuelo cordero corona correa cortes cruz
    cuevas delfin delgado dolores domingo duque encarnacion esperanza espinosa estrella fe felicidad flor
    flores franco fuentes gallo gordo gracia guerra guerrero herrera hidalgo iglesias inmaculada jacinto justo
    leal leon libertad linda lobo lucero luna luz maestra maestro mar maravilla margarita marin marina marques
    mercado merced mercedes milagros mina molina montes mora moreno moro nieves nube oceano olivo paca
    pacifico palacios paloma pardo parra pascua pastor paz pena pepa perla piedad pilar pino plaza poeta pozo
    prado prieto primavera primo puente ramos refugio remedios rey reyes reyna rico rios robles rocas rocha
    rocio rojas rojo roman rosa rosario rosita rubio rueda sal salas salud salvador santos serrano sierra
    silva socorro sol soledad solis soto tapia tierra tito toro torres valiente valle vega vela verde victoria
    viento villa
    """
)
COMMON_WORDS = ENGLISH_WORDS | SPANISH_WORDS
"""Words of either language that are names too: a capital in the middle of a sentence makes them one."""

WORDS_OF_ANOTHER = {
    "en": SPANISH_WORDS - ENGLISH_WORDS,
    "es": (ENGLISH_WORDS | {"will", "may", "an", "so", "do"}) - SPANISH_WORDS,
}
"""By the main language of a text: the words that only the other language has."""

MONTHS = word_set(
    """
    january february march april may june july august september october november december jan feb mar apr jun
    jul aug sep sept oct nov dec enero febrero marzo abril mayo junio julio agosto septiembre setiembre
    octubre noviembre diciembre
    """
)
PLACES = word_set(
    """
    africa alabama alaska albany america arizona arkansas asia athens atlanta austin australia boston brazil
    brooklyn california cambridge canada carolina charleston charlotte chelsea cheyenne chicago china
    cleveland colorado columbia columbus connecticut cuba dakota dallas delaware denver egypt england europe
    florence florida france georgia germany guatemala hawaii houston idaho illinois india indiana iowa ireland
    israel italy jackson jamaica japan jefferson jersey jerusalem jordan kansas kent kentucky kenya kingston
    lincoln london louisiana madison maine maryland massachusetts mexico miami michigan minnesota mississippi
    missouri monroe montana montgomery nebraska nevada ohio oklahoma oregon paris pennsylvania peru
    philadelphia phoenix portland quebec richmond rome salem santiago savannah scotland sicily sierra spain
    sydney tennessee texas troy utah valencia vermont vienna virginia wales washington wisconsin wyoming york
    espana guadalajara cordoba granada leon lima toledo zaragoza
    """
)
