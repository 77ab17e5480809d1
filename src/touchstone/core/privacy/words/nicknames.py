"""Short and pet forms of given names; a line is a name and what its bearers are called."""

_TABLE = """
abigail abby gail | abraham abe bram | adelina lina | adriana adri | agustin agus tin | alberto beto
albert al bert | alejandra ale alexa sandra | alejandro ale alex | alexander alex al sasha xander sandy
alexandra alex sandra lexi | alfonso poncho | alfred al fred alfie | alfredo fredo | alicia licha ali
allison allie | amanda mandy | amelia amy millie | andrea andi | andrew andy drew | angelica angie
angela angie | ann annie nan | anna annie ania | anthony tony | antonia tonia toni | antonio tono tony
araceli celi | arthur art artie | arturo turo | barbara barb barbie babs | beatrice bea trixie
beatriz bety betty | benjamin ben benny benji | bernadette bernie | bernard bernie | bethany beth
bradley brad | brandon bran | brenda bren | bridget bridie | calvin cal | cameron cam
carlos charlie carlitos | carmen carmelita | caroline carrie caro | carolyn carol carrie | carolina caro
catherine cathy cat kate katie kitty cate | cecilia ceci | charles charlie chuck chas
charlotte charlie lottie | christina chris tina chrissy | christine chris chrissy tina
christopher chris topher kit | cristina cris tina | cynthia cindy | daniel dan danny | daniela dani
danielle dani | david dave davey | deborah deb debbie | debra deb debbie | dennis denny
dolores lola lolita | dominic dom nick | donald don donnie | dorothy dot dottie dolly | douglas doug
eduardo lalo edu | edward ed eddie ted ned | edwin ed eddie | eleanor ellie nell nora | elena nena
elias eli | elizabeth liz lizzie beth betsy betty eliza libby lisa | ellen ellie nell | emily em emmy
emilia emi | enrique quique kike | ernesto neto | esmeralda esme | esperanza espe | esteban teban
eugene gene | evelyn eve evie | felicia fel | felipe pipe | fernanda fer | fernando fer nando
frances fran frannie | francis frank | francisca paca pancha | francisco paco pancho kiko cisco
franklin frank | frederick fred freddie fritz | gabriel gabe gabo | gabriela gabi gaby | gabriella gabi ella
genevieve gen ginny eve | gerald gerry jerry | gerardo gera | gilbert gil bert | graciela chela
gregory greg | gregorio goyo | guadalupe lupe lupita | guillermo memo guille | gustavo gus tavo
harold hal harry | harriet hattie | hector tito | helen nell nellie | henry hank harry | herbert herb bert
hernan nan | hortensia tencha | ignacio nacho | isaac ike zac | isabel isa chabela bel
isabella bella izzy isa | isaiah ike | ismael isma | jacob jake jay | jacqueline jackie
james jim jimmy jamie | janet jan | jasmine jas jazz | jason jay | javier javi | jeffrey jeff
jennifer jen jenny | jeremiah jerry | jeremy jerry | jessica jess jessie | jesus chuy chucho | joaquin quino
john jack johnny jon | jonathan jon jonny | jorge coque | jose pepe chepe | josefina pepa fina chepina
joseph joe joey | josephine jo josie | joshua josh | juan juanito juancho | juana juanita | judith judy
julia jules | julian jules | katherine kathy kate katie kat kitty | kathleen kathy kate
kathryn kathy kate katie | kenneth ken kenny | kimberly kim | laura lala | lawrence larry
leonard leo len lenny | leonardo leo nardo | leticia lety | liliana lili | lillian lily lil | lorena lore
louis lou louie | louise lou | lourdes lulu | lucas luke | lucia lucy | luis lucho | madeline maddie
madison maddie | manuel manolo manny | manuela manola | marcus marc
margaret peggy peg maggie meg marge margie greta rita daisy | margarita rita mago | maria mari mary mia
mariajose majo marijo | mariafernanda mafer | marialuisa malu marilu | mariaelena malena
mariateresa maite mayte | marisol mari | martha marty | martin marty | mary molly polly mae
matilda tilda tillie | mateo teo | matthew matt matty | mauricio mau | maximilian max | maximiliano max
melissa mel missy | mercedes meche | michael mike mikey mick | michelle shelly chelle | miguel mike migue
miriam miri | mohammed mo | monica moni | montserrat montse | nancy nan | natalie nat | natalia nata nat
nathan nate | nathaniel nate nat | nicholas nick nicky | nicolas nico | nicole nicki nikki
olivia liv livvie | oswaldo valdo | pamela pam | patricia pat patty trish tricia paty | patrick pat paddy
peter pete | philip phil | phillip phil | priscilla cilla | rafael rafa | ramon moncho | raul rulo
raymond ray | rebecca becky becca | refugio cuca | regina gina reggie | reginald reggie | ricardo ricky rica
richard rick rich dick ricky | robert bob rob bobby robbie bert | roberta bobbie | roberto beto | rocio chio
rodolfo rudy fito | rodrigo rodri | roger rodge | rogelio roger | rolando rolo | ronald ron ronnie
rosario chayo | rosalinda rosy | rosa rosita rosy | samantha sam sammy | samuel sam sammy | sandra sandy
santiago santi chago | sebastian seb bas | sergio checo | silvia chiva | socorro coco | sofia sofi
sophia sophie | stephanie steph | stephen steve | steven steve | susan sue susie | susana susi
suzanne sue suzy | teresa tere terry | terrence terry | theodore ted teddy theo | theresa terry tess
thomas tom tommy | timothy tim timmy | tomas tomy | valentina vale | valeria vale | vanessa nessa
veronica vero ronnie | vicente chente | victor vic | victoria vicky tori | vincent vince vinny
virginia ginny | walter walt | wendy wen | wesley wes | william will bill billy liam willie | ximena xime
yesenia yesi | yolanda yoli | zachary zach zack
"""

NICKNAMES: dict[str, tuple[str, ...]] = {
    name: tuple(short)
    for name, *short in (entry.split() for line in _TABLE.strip().split("\n") for entry in line.split("|"))
}
"""From a folded given name to its short forms; two given names stand joined (mariajose)."""
