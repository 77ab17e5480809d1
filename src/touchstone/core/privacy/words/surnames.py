"""Surnames frequent in the United States."""

from touchstone.core.privacy.words import word_set

SURNAMES = word_set(
    """
    abbott abrams acevedo acosta adams adkins aguilar aguirre ahmed alexander ali allen allison alvarado
    alvarez anderson andrade andrews anthony arellano arias armstrong arnold arroyo atkins austin avila ayala
    bailey baker baldwin ball ballard banks barber barker barnes barnett barrera barrett barron barry bartlett
    barton bates bauer beard beck becker bell beltran benavides benitez bennett benson bernal berry bishop
    black blackburn blair blake blanchard bond booth bowen bowers bowman boyd boyle bradford bradley bradshaw
    brady branch brennan brewer bridges briggs brooks brown bruce bryan bryant buchanan buck burgess burke
    burnett burns burton bush butler byrd cabrera cain calderon caldwell callahan cameron campbell campos
    cannon cantu cardenas carlson carpenter carr carrillo carroll carson carter case castaneda castillo castro
    cervantes chambers chan chandler chandra chang chapman charles chase chavez chen cherry choi christensen
    chu chung church clark clarke clay clayton clements cline cobb cochran cohen cole coleman collier collins
    colon conley conner conrad contreras conway cook cooper copeland cordova corona correa cortes cortez cox
    craig crane crawford cross cruz cuevas cummings cunningham curry curtis dalton daniel daniels daugherty
    davenport davidson davies davila davis dawson day dean decker delacruz deleon delgado deng dennis diaz
    dickerson dickson dillon dixon dominguez donovan dorsey dougherty douglas downs doyle drake duarte dudley
    duffy duncan dunn duran durham dyer eaton edwards elliott ellis ellison emerson english erickson escobar
    esparza espinosa espinoza estes estrada evans farrell faulkner ferguson fernandez fields figueroa finley
    fischer fisher fitzgerald fleming fletcher flores flowers flynn ford foster fowler fox francis franco
    frank franklin frazier frederick freeman french frost fry fuentes fuller galindo gallagher gallegos galvan
    garcia gardner garner garrett garrison garza gates gentry george gibbs gibson gilbert gill gillespie
    gilmore glass glenn glover golden gomez gonzales gonzalez good goodman goodwin gordon graham grant graves
    gray green greene greer gregory griffin griffith grimes gross guerra guerrero gupta gutierrez guzman hale
    hall hamilton hammond hampton hancock hansen hanson hardin harding hardy harmon harper harrell harrington
    harris harrison hart hartman harvey hayes haynes heath hebert henderson hendricks henry hensley henson
    herman hernandez herrera herring hess hester hickman hicks higgins hill hines ho hobbs hodge hodges
    hoffman hogan holland holloway holmes holt hong hood hooper hoover hopkins horn horne horton house houston
    howard howe howell huang hubbard huber hudson huerta huff huffman hughes hull humphrey hunt hunter hurley
    hurst hussain huynh ibarra ibrahim ingram jackson jacobs jacobson james jefferson jenkins jennings jensen
    jimenez johns johnson johnston jones jordan joseph juarez kane kaur keith keller kelley kelly kemp kennedy
    kent kerr khan kim king kirby kirk klein kline knight knox koch kowalski kramer kumar lam lamb lambert
    lane lang lara larsen larson lawrence lawson le leach leal lee leon leonard lester levy lewis li lin
    lindsey little liu livingston lloyd logan long lopez love lowe lowery lozano lu lucas lucero lugo luna
    lynch lynn lyons macdonald macias mack madden maddox mahoney maldonado malone mann manning marin marks
    marquez marsh marshall martin martinez mason massey mathews mathis matthews maxwell may mayer maynard mayo
    mcbride mccall mccann mccarthy mccarty mcclure mcconnell mccormick mccoy mccullough mcdaniel mcdonald
    mcdowell mcfarland mcgee mcgrath mcguire mcintosh mcintyre mckay mckee mckenzie mckinney mclaughlin mclean
    mcmahon mcmillan mcneil mcpherson meadows medina mejia melendez melton mendez mendoza mercado mercer
    merritt meyer meyers meza michael middleton miles miller mills miranda mitchell molina monroe montes
    montgomery montoya moody moon mooney moore mora morales moran moreno morgan morris morrison morrow morse
    morton moses mosley moss mueller mullen mullins munoz murillo murphy murray myers nakamura nash navarro
    neal nelson newman newton nguyen nichols nicholson nielsen nixon noble nolan norman norris norton novak
    nunez obrien ochoa oconnell oconnor odom odonnell okafor okonkwo oliver olsen olson oneal oneill orozco
    orr ortega ortiz osborn osborne osorio owen owens pace pacheco padilla page palacios palmer park parker
    parks parra parrish parsons patel patrick patterson patton paul payne pearson peck pena pennington peralta
    perez perkins perry person peters petersen peterson pham phan phelps phillips pierce pineda pittman pitts
    pollard ponce poole pope porter potter potts powell powers pratt preston price prince proctor pruitt pugh
    quinn quintana quintero ramirez ramos ramsey randall randolph rangel rasmussen ray raymond reed reese
    reeves reid reilly reyes reyna reynolds rhodes rice rich richard richards richardson richmond riddle riggs
    riley rios rivas rivera rivers roach robbins roberson roberts robertson robinson robles rocha rodgers
    rodriguez rogers rojas roman romero rosales rosario rose rosen ross roth rowe rowland roy rubio ruiz rush
    russell russo ryan salas salazar salgado salinas sanchez sanders sandoval sanford santana santiago santos
    saunders savage sawyer schmidt schneider schroeder schultz schwartz scott sellers serrano sexton shaffer
    shah shannon sharma sharp shaw shelton shepard shepherd sherman shields short silva simmons simon simpson
    sims singh singleton skinner slater sloan small smith snow snyder solis solomon soto sparks spears spencer
    stafford stanley stanton stark steele stein stephens stephenson stevens stevenson stewart stokes stone
    stout strickland strong suarez sullivan summers sutton swanson sweeney tanaka tang tanner tapia tate
    taylor terrell terry thomas thompson thornton todd torres townsend tran trejo trevino trujillo tucker
    turner tyler underwood valdez valencia valentine valenzuela vance vang vargas vasquez vaughan vaughn
    vazquez vega velasco velasquez velazquez velez villa villalobos villanueva villarreal villegas vincent vo
    vu wade wagner walker wall wallace waller walls walsh walter walters walton wang ward ware warner warren
    washington waters watkins watson watts weaver webb weber webster weeks weiss welch wells west wheeler
    whitaker white whitehead whitney wiggins wilcox wiley wilkerson wilkins wilkinson williams williamson
    willis wilson winters wise wolf wolfe wong wood woodard woods woodward wright wu wyatt xiong yamamoto yang
    yates yoder york young yu zamora zapata zavala zhang zhao zhou zimmerman zuniga
    """
)
