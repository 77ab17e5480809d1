"""Given names frequent in schools of the United States, English, Spanish, African-American and Asian ones alike."""

from touchstone.core.privacy.words import word_set

GIVEN_NAMES = word_set(
    """
    aaliyah aaron abby abdul abel abigail abraham ada adam adan addison adela adele adelina adrian adriana
    adriel agnes agustin ahmad ahmed aidan aiden aileen aisha alan alana albert alberto alejandra alejandro
    alex alexa alexander alexandra alexis alfonso alfred alfredo alice alicia alisha alison allen allison alma
    alonso alondra alvaro alyssa amalia amanda amara amari amaya amber amelia amina amir amira amit amy ana
    anahi andre andrea andreas andrew andy angela angelica angelina angelo angie anika anita anjali ann anna
    anne annie anthony antoine antonia antonio antwan aracely araceli ariana arianna ariel arjun armando arnav
    arnold arthur arturo arun asher ashley ashton aubrey audrey austin ava avery axel ayana ayden ayesha
    barbara beatrice beatriz becky belen belinda ben benito benjamin bernadette bernard bernardo bernice beth
    bethany betty beverly bianca billy blake blanca bobby bonnie brad bradley brandon brayden breanna brenda
    brendan brent brett brian briana brianna bridget brittany brody brooke bruce bruno bryan bryson caitlin
    caleb calvin cameron camila camilla candace carl carla carlos carmen carol carolina caroline carolyn
    carrie carson carter casey cassandra catalina catherine cathy cecilia cedric celeste celia cesar charlene
    charles charlie charlotte chelsea chen cheryl chloe chris christian christina christine christopher cindy
    claire clara clarence claudia clayton cody colin colleen concepcion connie connor consuelo corey courtney
    craig cristian cristina cristobal crystal curtis cynthia dakota damian damon dana daniel daniela daniella
    danielle danny dante daphne darius darlene darnell darrell darren daryl dashawn dave david dawn deandre
    deborah debra deepak deja deion delia demetrius denise dennis denzel derek derrick deshawn desiree destiny
    devin devon devonte diana diane diego dinesh dominic dominique donald donna donnell doris dorothy douglas
    duane dwayne dylan ebony eddie edgar edith eduardo edward edwin eileen elaine eleanor elena eli elias
    elijah elisa elizabeth ella ellen ellie elliot elsa elva emilia emiliano emilio emily emma enrique eric
    erica erick erik erika ernest ernesto esmeralda esperanza esteban estefania estela esther estrella ethan
    eugene eva evan evelyn ezekiel fabian fatima felicia felipe felix fernanda fernando florence frances
    francesca francis francisco frank franklin fred frederick gabriel gabriela gabriella gary gavin genesis
    george georgina gerald gerardo gilbert gilberto gina giovanni gladys glenda gloria gonzalo gordon graciela
    greg gregory griselda guadalupe guillermo gustavo hailey hana hannah harold harriet harrison harry hassan
    hazel heather hector heidi helen henry herbert herminia hernan hilda hiroshi holly howard hugo hunter ian
    ibrahim ignacio imani ines ingrid irene irma isaac isabel isabella isaiah isaias ismael itzel ivan ivonne
    jacob jacqueline jada jaden jaiden jaime jake jalen jamal james jamie jamila jan jane janelle janet janice
    jared jasmin jasmine jason javier javon jayden jayla jaylen jean jeff jeffery jeffrey jenna jennifer jenny
    jeremiah jeremy jerome jerry jesse jessica jesus jill jim jimmy jin joan joanna joaquin jocelyn jodi joe
    joel joey johanna john johnny jon jonah jonathan jorge jose josefina joseph josephine joshua josiah josue
    joyce juan juana juanita judith judy julia julian juliana julie julieta julio julissa june justin kaitlyn
    kareem karen karina karla kate katherine kathleen kathryn kathy katie katrina kayla kaylee keisha keith
    kelly kelsey kelvin kendra kenji kenneth kenny kenya kevin khadija khalil kiara kim kimberly kiran kristen
    kristin kristina kumar kwame kyle kylie lakeisha lamar lan larry latasha latisha latonya latoya laura
    lauren laurie lawrence layla leah leilani leo leon leona leonard leonardo leroy leslie leticia lewis liam
    lidia liliana lillian lilly linda ling lisa litzy logan lois lola lorena lorenzo lori lorraine louis
    louise lourdes lucas lucia luciana luis luisa luke lupe lupita luz lydia lynn mackenzie madeline madison
    maggie mai maksim malcolm malia malik manuel manuela marc marcela marcella marcia marco marcos marcus
    margaret margarita maria mariah mariam mariana maribel marie mariela marilyn marina mario marion marisa
    marisol marissa marjorie markus marlene marquis marquise marsha marta martha martin martina marvin mary
    maryam mason mateo matias matthew maureen mauricio max maximiliano maya mei melanie melinda melissa melody
    mercedes mia micaela michael micah michaela micheal michele michelle miguel mike mikayla mila mildred
    milton min ming miranda miriam misty mohamed mohammed moises monica monique monserrat morgan moses
    muhammad myra nadia nancy naomi natalia natalie natasha nathan nathaniel neil nestor nevaeh nguyen
    nicholas nicolas nicole nina noah noe noel noelle nora norma norman octavio oliver olivia omar oscar
    osvaldo owen pablo paige paloma pamela paola patricia patrick paul paula pauline pedro peggy perla peter
    philip phillip phoebe phyllis pierre pilar precious preston priscilla priya quentin quincy rachel rafael
    rahul raj rajesh ralph ramiro ramon ramona randall randy raquel rashad rashida raul ravi raymond reagan
    rebecca reggie regina reginald rene renata renee reuben reyna rhonda ricardo richard rick ricky riley rita
    robert roberta roberto robin rocio roderick rodney rodolfo rodrigo roger rogelio rolando roman ron ronald
    ronaldo ronnie rosa rosalie rosalinda rosario rosemary rosie ross roxana roxanne roy ruben rudolfo rudy
    russell ruth ryan sabrina sadie salma salvador sam samantha samir samuel sandra sanjay santiago santos
    sara sarah sarai sasha saul savannah scott sean sebastian selena serena sergio seth shanice shaniqua
    shannon sharon shaun shawn sheila shelby sheri sherry shirley sierra silvia simon skylar sofia sonia sonya
    sophia sophie stacey stacy stanley stella stephanie stephen steve steven stuart sunita susan susana
    suzanne sydney sylvia tabitha takumi tamara tameka tamika tanisha tanya tara taylor teresa terrance
    terrell terrence terry theodore theresa thomas tiana tiffany timothy tina toby todd tom tomas tommy toni
    tony tonya tracey tracy travis tremaine trent trevon trevor trinity tristan troy tucker tyler tyrell
    tyrese tyrone tyson valentina valeria valerie vanessa vera vernon veronica vicente vicki victor victoria
    vijay vincent viola violet virginia vivian walter wanda warren wayne wendy wesley wilfredo willie wilma
    xavier ximena xiomara yadira yahir yan yasmin yesenia yolanda yosef yuki yusuf yvette yvonne zachary
    zainab zara zoe zoey aarav aditya akash ananya divya isha kavya lakshmi meera neha nikhil pooja rohan
    rohit sanjana shreya tanvi bao hao hui jia jing jun linh long minh phuong quan quyen thanh thao thuy trang
    tuan vy wei xin yi ying yuan jisoo minji seojun haruto sakura yuto kenta ainsley alaina alani aleena
    alivia alonzo anaya anders annabelle aniyah arely aria arlo armaan aryan ashlyn athena atticus aurelio
    ayaan azul beau beckett bella bentley bodhi bria brayan bryce caden callie callum camden carmelo cassidy
    cayden chandler cheyenne citlali citlalli colton cruzita daisha dalia dangelo dayana deanna dulce easton
    eliana elliott eloise emely emerson emmanuel emmett evangeline everett ezra fatou felicity finn fiona gael
    gianna graham grayson greta gwen hadley haley hamza harley harmony haylee hudson ibrahima idris isabela
    isla israel ivanna izaiah jace jacqui jaelyn jahir jalisa jamari janae janessa jaquan jasiah javion jaxon
    jayce jaylin jayson jazlyn jazmin jazmine jenelle jett jimena joana johan jordyn jovani judah juliet
    kadence kaden kai kaiden kailani kairi kaleb kali kamari kamila kamron kassandra kataleya keanu keila
    kendrick keyshawn khaled kimora kingston knox kobe kristian kyleigh kylee kyra lailah laila lamarcus
    landon layton leighton lennox leonel lexi liana lilah lilith lina lizbeth lorelei luca luciano maddox
    maeve makayla makenna malakai malaya malaysia malcom maliyah marcel marcy marley marlon mathias mattie
    maverick maximo mckenna melina messiah milan milo mohammad montserrat myah myles nadine nahla naima nasir
    natalya nayeli nehemiah nia nico nola nyla odalys olive ophelia paisley paris parker paxton payton
    penelope peyton phoenix pranav princess raelynn raina ramsey raven reese remy rhys rihanna rocky romeo
    rowan ruby rylee ryder sage sahil saniya santana savanna sawyer scarlett semaj shania shayla shea shiloh
    simone skye soren sterling sullivan surya sutton talia tatiana tatum tessa thalia thea thiago tianna
    tobias treyvon uriel valencia valentino vivek vivienne wyatt xander xochitl yaretzi yareli yoselin yousef
    zaire zaiden zander zayden zayn zion zulema
    """
)
