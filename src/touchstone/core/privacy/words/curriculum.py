"""People of lessons, of books read in class and of the literature on teaching."""

from touchstone.core.privacy.words import word_set

FAMOUS_SURNAMES = word_set(
    """
    archimedes aristotle austen bach banneker beethoven bloom bohr cervantes columbus copernicus curie darwin
    davinci descartes dickens douglass dubois dweck edison einstein eisenhower euclid euler faraday fibonacci
    franklin frayer freire galileo gandhi gauss goodall hawking hemingway hidalgo hitler hooke hubble jemison
    kahlo kelvin kepler lavoisier leibniz leonardo lincoln linnaeus lovelace madison mandela marx maslow
    mendel mendeleev montessori mozart neruda newton nightingale pascal pasteur pavlov piaget picasso planck
    plato pythagoras reagan revere roosevelt rousseau rutherford sacagawea salk seuss shakespeare socrates
    steinbeck tesla thoreau turing vespucci volta vygotsky washington watt wiliam
    """
)
"""Surnames that in a classroom mean the person of the lesson; frequent surnames are left to FAMOUS_FULL."""

FAMOUS_FULL = word_set(
    """
    abraham+lincoln ada+lovelace alan+turing albert+einstein alexander+bell alexander+hamilton alice+paul
    amelia+earhart andrew+jackson anne+frank atticus+finch barack+obama barbara+mcclintock benito+juarez
    benjamin+banneker benjamin+franklin bessie+coleman beverly+cleary booker+washington carl+sagan carol+dweck
    carol+tomlinson cesar+chavez charles+darwin charles+dickens charlotte+danielson christopher+columbus
    clara+barton cristobal+colon diego+rivera dolores+huerta donald+trump dylan+wiliam edgar+poe
    eleanor+roosevelt elizabeth+stanton ellen+ochoa emiliano+zapata emily+dickinson ernest+hemingway
    esperanza+rising florence+nightingale francis+crick francisco+villa franklin+roosevelt frederick+douglass
    frida+kahlo gabriel+garcia gabriela+mistral gary+soto george+carver george+orwell george+polya
    george+washington gloria+ladson gloria+steinem grace+hopper greg+heffley gregor+mendel harper+lee
    harriet+tubman harry+potter helen+keller henry+ford huck+finn isaac+newton isabel+allende jackie+robinson
    jaime+escalante james+madison james+watson jane+austen jane+goodall jean+piaget jerome+bruner jesse+owens
    joe+biden john+adams john+dewey john+hattie john+kennedy john+muir jonas+salk jose+marti juana+cruz
    juana+ines judy+blume julia+alvarez julius+caesar junie+jones katherine+johnson langston+hughes
    leonardo+vinci lev+vygotsky louis+armstrong louis+pasteur lucy+calkins madam+walker mae+jemison malcolm+x
    margaret+mead maria+mitchell maria+montessori marie+curie mark+twain martin+king martin+luther mary+rowe
    maya+angelou michael+faraday michelle+obama miguel+cervantes miguel+hidalgo mother+teresa nat+turner
    neil+armstrong nelson+mandela octavio+paz pablo+neruda pablo+picasso pam+munoz paul+black paul+revere
    paulo+freire percy+jackson phillis+wheatley rachel+carson ralph+emerson richard+nixon roald+dahl
    robert+boyle robert+frost robert+lee robert+marzano ronald+reagan rosa+parks rosalind+franklin
    ruby+bridges sally+ride samuel+adams sandra+cisneros simon+bolivar sojourner+truth sonia+sotomayor
    stephen+hawking susan+anthony sylvia+mendez theodore+roosevelt thomas+edison thomas+jefferson tom+sawyer
    toni+morrison ulysses+grant virginia+woolf walt+whitman william+shakespeare winston+churchill
    woodrow+wilson zora+hurston marilyn+burns jo+boaler doug+lemov angela+duckworth spencer+kagan
    robert+slavin linda+darling zaretta+hammond peter+liljedahl cathy+fosnot jennifer+serravallo grant+wiggins
    jay+mctighe madeline+hunter wiley+blevins anita+archer deborah+ball magdalene+lampert sugata+mitra
    howard+gardner
    """
)
"""First name and surname, as they would stand together in a lesson."""
