"""Labelled sentences from teaching practice.

`{kind|words}` marks an identity. `⏎` is a line break. The first blocks were written before the finder: every third
line is held out. The blocks named _AGAIN were written after it, to be harder: every second line is held out. Lines
held out are measured, and nobody looked at what the finder does with them while tuning.
"""

import re
from dataclasses import dataclass

from touchstone.core.privacy import KnownIdentities

MARGARET = KnownIdentities(
    own_names=("Margaret Grace Rivera",),
    former_names=("Margaret Grace O'Donnell",),
    schools=("Cedar Hollow Elementary School",),
    districts=("Pine Valley Unified School District",),
    towns=("Larkspur",),
    emails=("mrivera@pvusd.org",),
    handles=("@peggyteaches4",),
    pupils=("Jayden Tran", "Sofía Morales Cruz", "Mark Okafor", "Hope Lindqvist"),
)
MARIA = KnownIdentities(
    own_names=("María José Hernández Pérez",),
    schools=("Escuela Primaria Benito Robledo",),
    districts=("Distrito Escolar de San Aurelio",),
    towns=("San Aurelio",),
    emails=("majo.hernandez@sanaurelio.k12.tx.us",),
    handles=("@profemajo",),
    pupils=("Mateo Ruiz Delgado", "Luz Ortega", "Emiliano Vásquez"),
)
WILL = KnownIdentities(
    own_names=("Will Grant",),
    schools=("Lincoln Middle School",),
    towns=("Washington",),
    pupils=("Grace May", "Chase Young", "Jordan Bell", "Rose Newton"),
)
NOBODY = KnownIdentities()


@dataclass(frozen=True)
class Sentence:
    """A text, the identities in it as (kind, start, end), and whom the platform knew when it was written."""

    text: str
    labels: tuple[tuple[str, int, int], ...]
    known: KnownIdentities
    held_out: bool


_MARGARET = """
My name is {name|Margaret Rivera} and I have taught fourth grade for nine years.
I am {name|Peggy Rivera}, and this unit grew out of our science night.
Parents call me {name|Ms. Rivera}, pupils call me {name|Ms. R}.
Before I married I was {name|Margaret O'Donnell} and taught at another school.
The poster says {name|MS. RIVERA}'S class in large letters.
Thank you for reading.⏎⏎Sincerely,⏎{name|Margaret G. Rivera}
Reflection by {name|Rivera, Margaret}, second draft.
{name|Maggie} and I planned the lesson together, said my mentor in the note she signed to {name|Mrs. Rivera}.
Submitted by {name|M. Rivera} in October.
Notes of the observation⏎— {name|M. G. R.}
The handout carries my old name, {name|O’Donnell}, at the bottom.
Students wrote "{name|Mrs Rivera} helped us start over" on the slips.
{name|margaret rivera} typed this on her phone.
The class list is headed {name|RIVERA} and the period.
Look for {name|Ri\u200bvera} in the corner of the slide.
I signed it {name|Margaret\u00a0Rivera} and sent it.
As {name|Peg} always says in her voice memo, wait three seconds.
{name|Ｒｉｖｅｒａ} appears in full-width letters in the export.
The recording starts with "Good morning, {name|Ms.⏎Rivera}" and a song.
{name|Rivera}'s exit tickets were sorted into three piles.
{name|Mrs. O'Donnell-Rivera} is what the office still prints.
The chart belongs to {name|Rivеra}, as the label shows.
I asked {pupil|Jayden} to explain his thinking to the group.
{pupil|Jayden Tran} drew an array while {pupil|Sofia} counted by sixes.
The sample from {pupil|Sofía Morales} shows repeated addition.
{pupil|Tran, Jayden} scored three of four.
After the conference {pupil|Jayden T.} rewrote the claim.
{pupil|Sofía Morales Cruz} and {pupil|Mark Okafor} compared strategies.
Then {pupil|Mark} raised his hand and gave a counterexample.
I sat with {pupil|Hope} during the second try.
Work sample 2 is by {pupil|S. Morales} and shows the same error.
{pupil|MORALES CRUZ}, row 12 of the tracker, moved from 1 to 3.
{pupil|sofia morales} wrote about turtles.
{pupil|Hope Lindqvist}'s model left out the decomposers.
We asked {pupil|Okafor} for a second reading.
I teach at {school|Cedar Hollow Elementary School}.
{school|Cedar Hollow} has about four hundred children.
At {school|Cedar Hollow Elementary} we have science on Tuesdays and Thursdays.
The {school|CEDAR HOLLOW} mascot is on every slide.
Our district, {district|Pine Valley Unified}, adopted the kits two years ago.
{district|Pine Valley Unified School District} pays for the release days.
The {district|PVUSD} pacing guide puts fractions in January.
Families in {town|Larkspur} know the creek well.
We walked to the library in {town|Larkspur} to measure rainfall.
{town|Larkspur} is a small farming town with one river.
Write to me at {email|mrivera@pvusd.org} for the slides.
My address is {email|MRivera@PVUSD.org}.
Follow the class at {handle|@peggyteaches4} for pictures.
I post under {handle|peggyteaches4} every Friday.
The slides are at {link|https://sites.google.com/view/mrivera-grade4/home}.
See {link|https://www.pvusd.org/cedarhollow/staff} for our calendar.
Come to {room|Room 14} at {school|Cedar Hollow} after lunch.
{name|Ms. Rivera}, {room|Rm. 14}, extension {phone|4417}
Questions? Ask {name|Rivera} in {room|room 14} or call {phone|(415) 555-0142}.
"""

_MARIA = """
Me llamo {name|María José Hernández} y enseño segundo grado.
Soy {name|Majo Hernández}, maestra bilingüe desde hace seis años.
Los niños me dicen {name|Maestra Hernández}.
Mi nombre completo es {name|María José Hernández Pérez}.
La {name|Sra. Pérez} dirigió la conversación numérica.
{name|Hernandez Perez, Maria Jose} es como aparece en el sistema.
El video comienza con "Buenos días, {name|maestra Majo}".
Atentamente,⏎{name|Ma. José Hernández P.}
Reflexión escrita por {name|M. J. Hernández} en marzo.
La {name|Profe Majo} nos ayudó, escribió una mamá.
{name|MARÍA JOSÉ HERNÁNDEZ} aparece en la portada.
{name|Mari\u0301a Jose\u0301} grabó la lección con su teléfono.
In the transcript the aide says "{name|Mrs. Hernández-Pérez}, can you come?"
I am {name|Maria Jose Hernandez} and I teach in two languages.
{name|Pérez Hernández} está escrito al revés en el formulario.
Le pregunté a {pupil|Mateo} cómo lo sabía.
{pupil|Mateo Ruiz} usó bloques de diez para resolverlo.
La muestra de {pupil|Luz Ortega} incluye un dibujo.
Después, {pupil|Luz} explicó su estrategia a la mesa.
{pupil|Emiliano V.} borró dos veces antes de contestar.
El trabajo de {pupil|Emiliano Vasquez} mejoró en mayo.
{pupil|RUIZ DELGADO, MATEO} obtuvo tres puntos.
{pupil|Mateo} y {pupil|Emiliano} trabajaron en pareja.
Then {pupil|Luz} said "es mitad y mitad" and folded the paper.
Trabajo en la {school|Escuela Primaria Benito Robledo}.
En la {school|Primaria Benito Robledo} hay dos grupos por grado.
La {school|Benito Robledo} celebra la feria de ciencias en abril.
We are a dual-language campus, {school|Benito Robledo}, near the river.
El {district|Distrito Escolar de San Aurelio} compró los materiales.
El horario del {district|distrito de San Aurelio} nos da dos horas.
Las familias de {town|San Aurelio} trabajan en el campo.
Crecí en {town|San Aurelio} y aquí enseño.
Escríbame a {email|majo.hernandez@sanaurelio.k12.tx.us}.
Mi correo es {email|majo punto hernandez arroba gmail punto com}.
Sígueme en {handle|@profemajo}.
En Instagram soy {handle|profemajo}.
Las fotos están en {link|https://www.sanaurelio.k12.tx.us/robledo/hernandez}.
Estamos en el {room|salón 8} de la {school|Benito Robledo}.
La {name|maestra Hernández}, {room|aula 8}, por las tardes.
"""

_WILL = """
I am {name|Will Grant}, a seventh-grade science teacher.
My mentor asked {name|Will} to slow down.
{name|Mr. Grant} waits five seconds after every question.
Best,⏎{name|Will}
{name|WILL GRANT} stands on the first slide.
The observer wrote that {name|Grant} circulated twice.
{name|Grant, Will}: reflection on the pendulum unit.
I watched {pupil|Grace} fix her own graph.
{pupil|Grace May} and {pupil|Chase Young} built the second prototype.
{pupil|Chase} said the slope was too steep.
{pupil|Rose Newton} wrote the strongest claim.
{pupil|Jordan} asked whether friction matters.
I handed {pupil|Jordan} the stopwatch and stepped back.
{pupil|Jordan B.} moved from level 1 to level 3.
We compared the answers of {pupil|Rose} and {pupil|Grace}.
{pupil|Newton, Rose} was absent for the retest.
The sixth graders at {school|Lincoln Middle School} did the same lab.
{school|Lincoln Middle} has a new greenhouse.
{name|Mr. Will Grant} teaches in {room|Room 203}.
"""

_NOBODY = """
My name is {name|Danielle Okonkwo} and I teach reading.
I'm {name|Kevin Nakamura}, a first-year teacher.
Submitted by: {name|Laura Beth Simmons}
Teacher: {name|T. Washington}
Hola, soy {name|Guadalupe Treviño} y enseño ciencias.
Mi nombre es {name|Rocío Aguilar}.
Maestra: {name|Ana Lilia Fuentes}
Warmly,⏎{name|Priya Raman}
Respectfully submitted,⏎{name|Tyrone Jefferson}
Nombre: {name|Carmen Solís}
Atentamente,⏎{name|Ximena Cárdenas Ríos}
Saludos cordiales,⏎{name|Óscar Benavides}
{adult|Mr Lee}, {room|Room 12}
I planned this with {adult|Mrs. Patterson} from the grade below.
Our coach, {adult|Coach Delgado}, filmed the discussion.
{adult|Principal Whitaker} visited during the second lesson.
{adult|Dr. Abernathy} asked me to share it with the team.
{adult|Miss Kim} modelled the routine and {adult|Mr. van der Berg} took notes.
{adult|Ms. O'Malley}'s class joined us for the launch.
La {adult|Sra. Villarreal} observó la clase.
El {adult|profesor Quintero} prestó las balanzas.
La {adult|directora Montemayor} firmó el permiso.
El {adult|maestro Zúñiga} grabó el audio.
Con la {adult|Srta. Beltrán} revisamos los boletos de salida.
{adult|Mx. Farrow} led the warm-up.
Our paraprofessional, {adult|Linda Kowalski}, worked with the back table.
My co-teacher {adult|Beth Sorensen} read the directions aloud.
{adult|Doña Elvira} cuidó a los niños.
Assistant {adult|Principal Ngo} scored the second set.
The counselor, {adult|Mr. Haddad}, sat in.
My student {pupil|Jayden} finally spoke in whole-group time.
A student named {pupil|Aaliyah} noticed the pattern first.
One of my students, {pupil|DeShawn}, drew three bars.
{pupil|Brianna}, a fifth grader, asked why the ice floats.
{pupil|Ethan Kowalczyk} turned in the first draft.
Student: {pupil|Marisol Peña}
Mi alumna {pupil|Lucía} resolvió el problema con una tabla.
Un estudiante llamado {pupil|Santiago} levantó la mano.
{pupil|Valentina}, de ocho años, leyó en voz alta.
El alumno {pupil|Diego Armenta} faltó dos días.
Alumna: {pupil|Renata Olvera}
The boy, {pupil|Tyler}, would not start until I sat down.
My students {pupil|Nevaeh} and {pupil|Xavier} disagreed politely.
{pupil|Kayla} said, "It is not a fair test."
When {pupil|Mei-Ling} explained it, the room went quiet.
Mi estudiante {pupil|Ximena} prefiere escribir en español.
I teach at {school|Oakridge Elementary School} in grade two.
{school|Harriet Tubman Middle School} moved to block schedule.
Our partner is {school|St. Brendan Academy}.
I spent six years at {school|P.S. 118} before coming here.
Students at {school|Eastgate High} ran the survey.
Enseño en la {school|Escuela Secundaria Lázaro Cárdenas}.
Mis alumnos vienen del {school|Colegio Santa Teresa}.
{school|Bright Futures Charter School} shares our building.
La {school|Escuela Elemental Ramón Power} tiene huerto.
The team from {school|Kennedy Junior High} visited.
{school|Mountain View K-8} has one class per grade.
In {district|Harlan County Public Schools} we use the same rubric.
{district|Northfield Independent School District} funded the sensors.
{district|Cypress-Lakes ISD} gives two planning days.
The {district|Brookline Unified School District} adopted it.
{district|Garland ISD} teachers wrote the unit.
{district|School District 54} bought probes.
{district|Fairmont City Schools} runs the summer institute.
El {district|Distrito Escolar Unificado de Monte Alto} lo aprobó.
El {district|Distrito Escolar Independiente de La Feria} nos dio tiempo.
Trained by {district|Jefferson Parish Schools} in August.
{district|Community Unit School District 300} hosted the session.
{district|Clark County School District} has a similar form.
We live in {town|Marfa, Texas} where rain is rare.
My pupils come from {town|Eagle Grove, Iowa}.
The creek in {town|Coos Bay, OR} floods each spring.
I moved here from {town|Laredo, TX} last year.
Nuestro pueblo, {town|Roma, Texas}, está en la frontera.
Somos de {town|Calexico, California}.
Our town of {town|Millersburg} has one traffic light.
Vivo en la ciudad de {town|Mayagüez} y enseño allí.
The school in {town|Sparta, Wisconsin} was closed.
Find us in {room|Room 12} near the gym.
My classroom, {room|Portable 3}, has no sink.
Drop it in {room|Rm 204B}, please.
Mi grupo está en el {room|salón 15}.
Nos vemos en el {room|aula 3B}.
It was recorded in {room|classroom 7A} before school.
Volvimos al {room|Salón #22} después del recreo.
{room|ROOM 9} is written on the bins.
Write to {email|jane.doe@gmail.com} with questions.
Reach me: {email|k_nakamura22@oakridge.k12.ca.us}
E-mail {email|jane dot doe at gmail dot com}
It is {email|tsimmons [at] northfield [dot] org} now.
Correo: {email|rocio.aguilar@escuela.edu.mx}
{email|l.simmons+unit3@schools.nyc.gov} gets the forms.
Contact {email|priya(at)ramanclass(dot)com} for the sheet.
Mi correo es {email|lupita arroba hotmail punto com}.
The form went to {email|BSORENSEN@HARLAN.KYSCHOOLS.US} twice.
Envíe las fotos a {email|profe_oscar@yahoo.com.mx} por favor.
Call {phone|555-867-5309} before three.
My number is {phone|(512) 555-0199 ext. 23}.
Text {phone|+1 312 555 0147} with the photo.
Phone: {phone|206.555.0111}
Mi teléfono es {phone|956-555-0123}.
Llame al {phone|787 555 0101}, extensión 4, por la tarde.
Celular: {phone|+52 55 5555 0134}
Cell {phone|5125550186}
Call me at {phone|555-0142} after school.
Mi número es {phone|nueve cinco seis cinco cinco cinco cero uno dos tres}.
Dial {phone|five five five, oh one four two} for the office.
The line {phone|1-800-555-0170} is for families.
We share at {handle|@room12rocks} each week.
Find us on Twitter: {handle|@MrNakamuraSci}
Instagram: {handle|teachwithpriya}
TikTok {handle|@miss.simmons.reads} has the clip.
Síguenos en {handle|@salon_15_vuela}.
My Snapchat is {handle|tjeff_teach}.
Thanks to {handle|@AbernathyPhD} for the idea.
En Facebook: {handle|profe.guadalupe.trevino}
The clip was posted by {handle|@coach_delgado}.
Nuestra cuenta, {handle|@cienciaconrocio}, muestra el huerto.
Slides: {link|https://www.oakridge.k12.ca.us/teachers/knakamura}
See {link|www.linkedin.com/in/danielle-okonkwo-4b1} for my background.
Our page is {link|http://harlancountyschools.org/tubman/grade7}.
Video: {link|https://www.youtube.com/@MrsPattersonReads}
{link|https://instagram.com/teachwithpriya} has the photos.
Blog: {link|https://mrnakamura.weebly.com/}
Mi página: {link|https://sites.google.com/site/profeaguilar5}
{link|https://www.facebook.com/profe.guadalupe} tiene el video.
The recap: {link|https://twitter.com/coach_delgado/status/1}
Portafolio en {link|https://maestraanafuentes.wordpress.com/unidad}
Go to {link|cedarfallsisd.net/lessons} for the rest.
Hosted on {link|https://schools.northfieldisd.net/eastgate}.
Student ID {student_id|4402918} is on the page.
ID #: {student_id|A-209-8841}
The tracker lists student number {student_id|20231187} first.
Matrícula: {student_id|A01234567}
Número de estudiante {student_id|7781203} en la hoja.
SSN {student_id|123-45-6789} must never be here.
lunch PIN {student_id|5521} was visible in the photo.
State ID: {student_id|9981172230}
His ID number is {student_id|660231}.
No. de matrícula {student_id|2019-4471} al pie.
SSID {student_id|1029384756} appears in the header.
Clave de alumno: {student_id|MXRD140503}
DOB: {birth_date|03/14/2013}
She was born on {birth_date|May 3, 2014}, so she is young for the grade.
Date of birth {birth_date|2012-09-30}
Nació el {birth_date|3 de mayo de 2014}.
Fecha de nacimiento: {birth_date|14/03/2013}
His birthday is {birth_date|October 12, 2011}.
Born {birth_date|7/4/15} in another country.
Su cumpleaños es el {birth_date|21 de junio}.
d.o.b. {birth_date|1-9-2010}
Nacida el {birth_date|30 de noviembre de 2013} en otro país.
Birthdate: {birth_date|Aug. 9, 2012}
Birth date {birth_date|12 March 2011} on the form.
Send it to {address|1420 Willow Creek Road}.
The bus stops at {address|77 N. Elm St.} every day.
She lives at {address|305 West 42nd Street, Apt. 6B}.
Mail to {address|P.O. Box 1182} in the fall.
Vive en la {address|Calle Morelos 45}.
Nuestra dirección es {address|Avenida Hidalgo #1203}.
The garden is behind {address|9 Birch Lane}.
La casa está en {address|Av. 5 de Mayo 318}.
{address|2200 Martin Luther King Jr. Blvd} is our bus stop.
Deliver to {address|18 Maple Court} before noon.
Manden la carta al {address|Apartado Postal 77}.
It stands at {address|4410 Highway 9 South} past the mill.
"""

_INNOCENT = """
Will the ball roll faster on the steeper ramp?
Students will grant each other time to think.
We hope to mark progress each May.
Grace under pressure was the theme of the chapter.
The art room was free, so we used it for the gallery walk.
A rose is a flower; a cell is a unit of life.
In May we will chase down the last data points.
Newton's second law relates force, mass and acceleration.
Darwin sailed on the Beagle and took notes on finches.
Marie Curie measured the radiation of uranium salts.
Galileo dropped two spheres, or so the story goes.
Washington crossed the Delaware in winter.
We compared the Jordan River with the Nile.
Lincoln gave the Gettysburg Address in 1863.
Bill of rights posters covered the back wall.
The state of Washington has wet winters and dry summers.
A bill becomes a law in several steps.
Students read Charlotte's Web and tracked how Wilbur changes.
Harry Potter and Hermione came up as examples of bravery.
Rosa Parks refused to give up her seat.
Dr. Martin Luther King Jr. spoke in August 1963.
We used Dr. Seuss rhymes for phonemic awareness.
Ms. Frizzle is the teacher in the book series.
I used hinge questions at minute twenty.
Wait time of three to five seconds changes who answers.
Rowe (1986) found that longer pauses lead to longer answers.
According to Black and Wiliam, feedback moves learners forward.
Carol Dweck writes about mindset.
The exit ticket asked: What is one half of one half?
Standard 4.NF.A.1 asks students to explain equivalence.
NGSS performance expectation MS-LS2-3 fits this unit.
Each group got 3 cups, 12 cubes and a timer.
The average rose from 61 percent to 78 percent.
High school students often think heat is a substance.
The elementary school day leaves forty minutes for science.
Our middle school schedule has six periods.
I gave the pretest on October 3 and the posttest on November 14.
In room temperature water the tablet dissolved slowly.
Use 250 mL of water and 5 g of salt.
The ratio was 3:2, then 6:4, then 9:6.
We collected data from 10:15 to 10:45.
The score moved from 555 to 601 points.
The breakout room 3 group finished first.
Pages 112-118 hold the graphic organizer.
Student 7 moved from level 1 to level 3.
Student A explained, and Student B revised the claim.
J. explained her array to the group.
The teacher asked an open question and waited.
Parents were told about the project by letter.
My principal supported the change.
The coach and I met twice a week.
English Language Learners used sentence frames.
The IEP goal is reading fluency.
Our PLC looked at the MTSS data in April.
I teach fourth grade math and science.
Think-Pair-Share gives quiet students a start.
Exploring Ecosystems: A Unit on Energy and Matter
Lesson Plan: Forces and Motion, Day Two
Number Talks and the Art of Listening
What Do We Notice? What Do We Wonder?
The Great Depression changed family life.
Students wrote letters to President Lincoln.
The Treaty of Guadalupe Hidalgo ended the war.
The Civil War began in 1861 and ended in 1865.
George Washington Carver worked with peanuts.
Jordan is a country in the Middle East.
Austin is the capital of Texas.
The Mississippi River passes ten states.
California and Texas grow most of our oranges.
Georgia was the last of the thirteen colonies.
We mapped Paris, London and Madrid.
Pythagoras gave us a rule about right triangles.
The Fibonacci numbers appear in pinecones.
Shakespeare wrote Romeo and Juliet.
Bloom's taxonomy guided my question stems.
I used Marzano's six steps for vocabulary.
Vygotsky described the zone of proximal development.
We tried the Frayer model with the word "predator".
Khan Academy videos were optional homework.
The Desmos activity let everyone see each answer.
Google Slides kept the groups together.
See https://www.nextgenscience.org/topic for the standards.
The video is at https://www.youtube.com/watch?v=abc123XYZ00.
I found it on https://www.khanacademy.org/science/biology.
The document is https://docs.google.com/document/d/1aBcD_efG/edit.
The unit is at https://www.oercommons.org/courses/energy.
We bought apples @ 3 for a dollar.
In CSS, @media rules change the layout.
Email is a poor place for feedback.
At dot four the line turns; that is the point.
Put a dot on the number line at 3/4.
The sum of 415 and 555 is 970.
Problem 12: 6,000 - 4,275 = ?
ISBN 978-0-325-02714-0 is the teacher's guide.
Abraham Lincoln was born on February 12, 1809.
Albert Einstein was born in 1879.
The colony was founded on May 14, 1607.
Main Street in the story has a bakery.
3 Street signs were used as shapes.
The road to good questions is long.
The court ruled in 1954 that schools must not separate children.
He or she may revise once.
I am proud of how they listened.
I am a teacher of young children.
I'm happy with the second draft.
My name for this routine is the quiet minute.
Do this slowly, then do it again.
Young children count on their fingers.
Long pauses feel strange at first.
The king in the tale gives away his bread.
White light splits into colors.
Green plants make their own food.
Brown bears hibernate.
A price list helped with decimals.
The miller and the baker traded flour.
Sincerely held beliefs are respected.
Best of all, they asked their own questions.
Thanks to the sentence starters, all wrote two lines.
Name: ____________ Date: ____________
Teacher moves: revoicing, pressing, waiting.
Students: twenty-four, nine of them learning English.
By June the class could run it alone.
Summer reading begins in June.
April showers made the rain gauge useful.
August heat kept us indoors.
Autumn leaves were sorted by edge and vein.
Dawn and dusk are good times to watch birds.
The harmony of the choir surprised us.
Joy was visible on every face.
Faith communities were not part of the survey.
Patience is a skill I had to learn.
Miss one step and the code will not run.
Coach students to cite evidence.
Principal components were beyond the class.
Dr. appointments cost us two lessons.
Director's notes help with staging a scene.
Professor of biology is a job they had never heard of.
The officer on the ship kept a log.
The Academy of Sciences published the map.
Sunday school songs have the same rhythm.
Public Schools Week was loud.
The district bought new kits.
School District leaders ask for data.
Each state sets its own rules.
Reading, Writing and Science are taught together.
El alumno explica su respuesta a un compañero.
Los estudiantes usaron bloques de base diez.
La maestra espera cinco segundos antes de llamar a alguien.
En mayo medimos la lluvia cada martes.
La luz viaja más rápido que el sonido.
La rosa tiene pétalos y espinas.
Cruz Roja y Media Luna ayudan en desastres.
Paz y respeto son acuerdos de la clase.
El sol calienta la tierra y el agua.
Un rey en el cuento reparte su pan.
La reina del panal pone huevos.
Simón Bolívar cruzó los Andes.
Benito Juárez fue presidente de México.
Frida Kahlo pintó autorretratos.
Don Quijote luchó contra molinos de viento.
Sor Juana Inés de la Cruz escribió poemas.
Cristóbal Colón llegó en 1492.
Miguel Hidalgo dio el grito en 1810.
Gabriela Mistral ganó el premio Nobel en 1945.
Leímos Esperanza renace en voz alta.
La escuela primaria empieza a las ocho.
La escuela secundaria tiene tres grados.
El distrito compró microscopios.
El salón estaba en silencio.
El aula de ciencias tiene doce mesas.
La directora apoyó el cambio de horario.
El maestro y la maestra planearon juntos.
Mi clase tiene veinticuatro alumnos.
El promedio subió de 61 a 78 por ciento.
Escribe un punto y aparte después de la idea.
El punto decimal separa enteros y décimos.
La suma de tres cuartos y un medio es cinco cuartos.
Nació una pregunta nueva en el grupo.
La calle del cuento no tiene nombre.
La Avenida de los dinosaurios es un juego.
El número de estudiantes creció este año.
Su cumpleaños fue el tema de la gráfica.
Los niños dibujaron un mapa de la ciudad.
La ciudad de Teotihuacan tuvo miles de habitantes.
Soy maestra de segundo grado.
Soy feliz cuando preguntan.
Me llamo a la calma antes de responder.
Mi nombre no importa en esta historia.
Nombre: ____________ Fecha: ____________
La ciencia de los datos empieza con preguntas.
El ciclo del agua tiene cuatro partes.
El estudiante 4 pasó del nivel 1 al nivel 3.
El alumno A y el alumno B compararon respuestas.
La tabla muestra 12 mesas y 3 grupos.
Agosto y septiembre son meses de lluvia.
Abril trajo flores al huerto.
Mercedes es una marca de autos en el problema.
Dolores de cabeza no son excusa, dijo riendo.
Ángel de la guarda, decía la canción.
Mar y tierra se calientan a distinto ritmo.
Campos magnéticos atraen limaduras de hierro.
Ríos y montañas forman el relieve.
Flores y frutos se clasificaron por color.
Reyes y reinas aparecen en la leyenda.
Guerra y paz son palabras opuestas.
Moreno, blanco y negro eran los colores de las piezas.
Delgado o grueso: comparamos los tallos.
León y tigre son felinos.
Leal es quien cumple su palabra.
Usamos Google Classroom para entregar.
"""

_MARGARET_AGAIN = """
transcript 00:14 {name|ms rivera} ok friends eyes on me, then {name|rivera} counts to five
{name|M Rivera}, Gr 4
Dear {name|Mrs. O’Donnell‑Rivera}, thank you for the seeds.
Our para says {name|Meg} runs the calmest room.
"{name|Miss Margaret}!" they shouted, and I waited.
Copyright {name|Margaret Rivera} 2026, all rights reserved.
The PDF footer reads {name|RiveraMargaret}_final.
Her badge says {name|MARGARET G RIVERA}.
Feedback for {name|Rivera M.}: strong evidence.
{name|Maggie O'Donnell} taught the same unit in 2019.
{pupil|tran} was the only one who used a number line.
Jigsaw group 2: {pupil|Sofía}, {pupil|Okafor}, {pupil|Jayden}.
For {pupil|Hope}, the sentence frame was the turning point.
Photo of {pupil|Mark Okafor} holding the wind vane.
{pupil|Okafor, M.} absent
{pupil|Jayden}'s mother wrote back the same night.
Field trip: meet at {school|cedar hollow elementary} at 8.
The {district|PVUSD} calendar was confusing for families.
Everyone in {town|Larkspur} saw the smoke that week.
The account {handle|@PeggyTeaches4} was made for families.
"""

_MARIA_AGAIN = """
{name|Ms. Hernández} les pidió que compararan.
Planeado por {name|M. J. Hernández Pérez} y revisado en equipo.
{name|Pérez} es mi segundo apellido.
gracias {name|maestra maría josé} por la clase
Hi {name|Majo}, can you send the rubric?
{pupil|Mateo R.} necesitó otra pista.
{pupil|Vasquez}, {pupil|Ruiz} y {pupil|Ortega} presentaron juntos.
El dibujo es de {pupil|Luz}.
A {pupil|Luz} le gusta medir.
Los papás de {pupil|Emiliano} vinieron el lunes.
Somos la {school|Primaria Robledo}, turno matutino.
En {town|San Aurelio, Texas}, hace calor en mayo.
El {district|D.E. San Aurelio} cambió el calendario.
"""

_WILL_AGAIN = """
Today {name|Will} modeled how to read a graph.
Thanks for the feedback.⏎{name|Will G.}
Then {name|Mr. G} drew the axes.
We are {school|Lincoln Middle} in {town|Washington}.
{pupil|Grace} wondered why the line bends.
Ask {pupil|Rose} to show you the second trial.
{pupil|Chase}, {pupil|Jordan} and I rebuilt the ramp.
I read {pupil|Jordan}'s lab report twice.
For {pupil|Chase Young} the graph was new.
"""

_NOBODY_AGAIN = """
Hello! I'm {name|Shanelle Whitfield-Banks}, and I teach third grade.
This portfolio belongs to {name|Anh Thu Pham}.
{name|Robert Castellanos}, M.Ed.
{name|Yesenia Barragán}, maestra de primer grado
Thanks so much,⏎⏎{name|Fatoumata Diallo}⏎Room teacher
-- {name|Joy Obi}
Con cariño,⏎{name|Maestra Lety}
Facilitated by {adult|Tamika Rawls} and {adult|Bill Ostrander}.
As {adult|Mr. Q} likes to say, slow is smooth.
The next-door teacher, {adult|Ms. Vang}, swaps groups with me.
Email {adult|Dr. Lakshmi Venkataraman} about the study.
My assistant principal ({adult|Gerald Foy}) scripted the talk.
According to our librarian {adult|Marcy}, the book was out.
Gracias al {adult|profe Toño} por el proyector.
Vino la {adult|Sra. de la Garza} a leer.
El {adult|Mtro. Arriaga} y la {adult|Mtra. Ochoa} observaron.
Su mamá, la {adult|señora Barrios}, ayudó con la receta.
Then {adult|Nurse Odette} checked the scrape.
{pupil|Kaiden} got stuck on step two, so I knelt beside him.
I called on {pupil|Zuri} after seven seconds.
{pupil|Amir}: I think it sinks because it is heavy.
S1 ({pupil|Oluwaseun}) predicted eleven.
For example, {pupil|Jazmín} wrote "the sun moves".
Two of my ELLs, {pupil|Thuy} and {pupil|Farid}, used the word bank.
{pupil|Sebastián R.} y {pupil|Ana Paula} midieron la sombra.
El niño {pupil|Iker} preguntó si el agua pesa.
La mamá de {pupil|Dulce María} me escribió.
{pupil|Jose Luis} levantó la mano tres veces.
My kiddo {pupil|Braelynn} finally read to the class.
Table 3 was {pupil|Malik}, {pupil|Suri}, and {pupil|Tenzin}.
I have been at {school|Roosevelt Elementary} since 2017.
She transferred from {school|Our Lady of Sorrows Catholic School}.
The feeder school is {school|Bayside MS}.
{school|IDEA Toros College Prep} lent us the sensors.
The {school|Wangari Maathai Early Learning Center} hosts the fair.
Trabajo en el {school|CBTIS 128}.
La {school|Esc. Prim. Niños Héroes} está al lado.
I work for {district|Albuquerque Public Schools}.
{district|Dallas ISD} piloted the rubric.
{district|Intermediate District 287} runs our program.
{district|USD 497} gave us release time.
El {district|Distrito de Pharr-San Juan} nos capacitó.
{district|SFUSD} requires the form.
Here in {town|Ottumwa} most families farm.
We are a rural school outside {town|Yakima, Washington}.
I grew up in {town|East Liverpool, Ohio}.
Soy de {town|Nogales, Arizona}.
El pueblo de {town|Presidio} tiene una plaza.
Small groups meet in {room|Rm. B12}.
Entregar en {room|Salón A-4}.
{room|Rooms 12 and 14} share a sink.
Homeroom {room|204} lined up first.
{adult|Ms. Marsh} wrote to {email|r.castellanos@gmail.com}.
mail: {email|fdiallo AT roosevelt DOT edu}
Escribe a {email|yesenia.barragan @ gmail.com}
{email|shanelle_w(at)outlook.com} is best.
Tel. {phone|(787) 555-0162}
Leave a message: {phone|415.555.0183 x204}
WhatsApp {phone|+52 (81) 5555 0199}
{phone|555 0118} (office)
llámame al {phone|9565550144}
{handle|@mathwithmarcy} on IG has more.
follow me on insta {handle|shanelle.reads}
TikTok: {handle|elprofetono}
ClassDojo code and X: {handle|@MrFoyLearns}
Website: {link|whitfieldbanks3rdgrade.weebly.com}
Notes at {link|https://fdiallo.github.io/units}
{link|https://www.teacherspayteachers.com/store/marcys-room}
{link|https://padlet.com/robertcastellanos/wall7}
{link|https://rooseveltelementary.org/our-staff}
Student #{student_id|448120}
perm id {student_id|00219843}
ID del alumno: {student_id|559201}
Student No. {student_id|19-00342}
Bday {birth_date|4/22/2016}
Age 9 (b. {birth_date|06/02/2016})
nació en Laredo el {birth_date|8 de agosto del 2013}
Birthday: {birth_date|Nov 2, 2014}
We walk to {address|600 Ninth Ave} for the garden.
Meet us at {address|12 Calle Luna}.
Casa: {address|C. Juárez 210, Col. Centro}
{address|3315 SE Division St, Apt 4} is across the road.
"""

_INNOCENT_AGAIN = """
Teacher Directions and Student Roles for Day One
Maria has 5 apples and gives 2 to Sam. How many are left?
If Jamal runs 3 miles a day, how far does he run in a week?
Juan compra tres cuadernos y Ana compra dos.
Venn Diagram of Plants and Animals
Explain: Why does Ice float on Water?
The Boston Tea Party and the Stamp Act
World War II changed how women worked.
The Amazon River and the Sahara Desert are extremes.
New York City has five boroughs.
Students from Ms. Frizzle's world would like this bus.
Angela Duckworth's book on grit came up.
Doug Lemov calls it cold call.
As Hattie (2009) reports, feedback has large effects.
We sang Happy Birthday to the class plant on March 3.
The Wright brothers flew in 1903.
Neil Armstrong walked on the Moon on July 20, 1969.
She was born a leader, the book says of Malala.
Sally Ride flew in 1983; Mae Jemison in 1992.
Martin Luther King Jr. Day is in January.
Cesar Chavez Day was our theme.
Black History Month posters lined the hall.
Level 4 students chose Option B.
Group A used Method 2 and Group B Method 3.
Students rotate every 8 minutes through stations 1-4.
Check the answer key on page 204.
Chapter 12, Room for Improvement, was assigned.
There was room 2 to the left of the door in the floor plan puzzle.
The ratio is 12:204, which reduces to 1:17.
In 2019-2020 we met on Zoom.
Our average rose by 555 points across 120 runs.
Set a timer for 00:05:00 and record.
Version 2.10.4 of the app fixed it.
Math Journal, Science Notebook, Exit Ticket
I use Kagan structures and Marilyn Burns tasks.
Eureka Math Grade 4 Module 5 Lesson 12
Amplify Science and OpenSciEd units were compared.
The Next Generation Science Standards ask for models.
Common Core State Standards for Mathematics
The National Science Teaching Association has a guide.
Google Forms tallied the votes.
Dear Families, we will build bridges next week.
Best practice is to wait.
Yours is the first answer I saw.
Name that shape!
Teacher: What do you notice? Student: It repeats.
Student 1: I got 12. Student 2: I got 13.
S: because the moon is closer. T: tell me more.
By Friday, all groups had a working prototype.
Author's purpose was the focus.
I am Curious was the title of our wonder wall.
I'm Spanish dominant at home, wrote one child.
Soy de la idea de esperar más tiempo.
Me llamo la atención cuando hablo demasiado.
La Sra. Frizzle viaja en autobús.
El Día de Muertos lo celebramos con papel picado.
La Revolución Mexicana empezó en 1910.
Leímos a Sandra Cisneros y a Gary Soto.
El Popo y el Izta son volcanes.
Frida tiene un perro en el cuento.
El Niño calienta el Pacífico cada varios años.
La Luna gira alrededor de la Tierra.
Santa Claus y los Reyes Magos salieron en la plática.
Primero, Luego, Después y Al Final son marcadores.
Escuela y casa son dos mundos.
La Primaria es una etapa larga.
El Maestro Rural es un personaje de la novela.
Dijo Juárez: el respeto al derecho ajeno es la paz.
Doña Bárbara es una novela venezolana.
Resuelve: 3 + 4 = ? Explica tu respuesta.
Miércoles: repaso. Jueves: prueba.
Grupo Uno, Grupo Dos y Grupo Tres
Aprendizaje Basado en Proyectos
Ciencias Naturales, bloque 2, lección 7
El águila y el nopal están en la bandera.
Mi meta es preguntar menos y esperar más.
El 5 de mayo hubo desfile.
La temperatura fue de 22 grados a las 10:45.
Usé la estrategia Piensa, Comparte y Escribe.
Los Angeles has earthquakes; so does Mexico City.
"""

_MARK = re.compile(r"\{(\w+)\|([^{}]*)\}")


def _read(line: str, known: KnownIdentities, held_out: bool) -> Sentence:
    text, labels, at = "", [], 0
    line = line.replace("⏎", "\n")
    for mark in _MARK.finditer(line):
        text += line[at : mark.start()]
        labels.append((mark[1], len(text), len(text) + len(mark[2])))
        text, at = text + mark[2], mark.end()
    return Sentence(text + line[at:], tuple(labels), known, held_out)


def _block(block: str, known: KnownIdentities, every: int = 3) -> tuple[Sentence, ...]:
    return tuple(_read(line, known, n % every == every - 1) for n, line in enumerate(block.strip().split("\n")))


IDENTIFYING = (
    *_block(_MARGARET, MARGARET),
    *_block(_MARIA, MARIA),
    *_block(_WILL, WILL),
    *_block(_NOBODY, NOBODY),
    *_block(_MARGARET_AGAIN, MARGARET, every=2),
    *_block(_MARIA_AGAIN, MARIA, every=2),
    *_block(_WILL_AGAIN, WILL, every=2),
    *_block(_NOBODY_AGAIN, NOBODY, every=2),
)
INNOCENT = (*_block(_INNOCENT, NOBODY), *_block(_INNOCENT_AGAIN, NOBODY, every=2))
INNOCENT_TO_SOMEBODY = tuple(
    Sentence(sentence.text, (), known, sentence.held_out) for sentence in INNOCENT for known in (WILL, MARIA)
)
"""The same innocent sentences, read for people whose names are ordinary words or places."""
