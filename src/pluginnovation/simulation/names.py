"""Names as they are read out in a Swedish classroom today: many origins, made-up combinations.

Each list stands for a way of naming, not for a group of pupils: nothing in the region depends on it. Canary names
are given to people with protected identity and to nobody else; if one of them shows anywhere, something leaks.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Names = NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class Naming:
    """One way of naming: its share of pupils in per cent, girls' names, boys' names, family names."""

    share: int
    girls: tuple[str, ...]
    boys: tuple[str, ...]
    families: tuple[str, ...]


def _naming(share: int, girls: str, boys: str, families: str) -> Naming:
    return Naming(share, tuple(girls.split()), tuple(boys.split()), tuple(families.split()))


NAMINGS = (
    _naming(
        66,
        "Alma Alva Agnes Alice Astrid Clara Cornelia Ebba Edith Elin Elina Elise Ella Ellen Ellie Elsa Elvira Emilia Emma "
        "Emmy Engla Ester Filippa Freja Greta Hanna Hedda Hilda Hilma Ida Ines Ingrid Iris Isabelle Jasmine Joline Juni Julia "
        "Klara Leia Lilly Linnéa Lisa Liv Livia Lova Lovisa Luna Lykke Maja Majken Matilda Meja Molly Märta Nathalie Nellie "
        "Nicole Nova Olivia Rut Saga Sara Selma Signe Sigrid Siri Sofia Stella Stina Svea Thea Tilda Tilde Tindra Tuva Tyra "
        "Vera Wilma Åsa Anna-Lisa Eva-Lotta Ann-Sofie Maja-Lena",
        "Adam Albin Alexander Alfred Algot Anton Aron Arvid August Axel Benjamin Carl Casper Charlie Colin Dante David Ebbe "
        "Edvin Eddie Elias Elis Elliot Elton Emil Erik Felix Filip Folke Frank Frans Gabriel Gustav Hampus Harry Henry Hjalmar "
        "Hugo Isak Ivar Jack Jakob Joel John Jonatan Josef Julian Kevin Kian Leo Leon Liam Loke Lucas Ludvig Love Malte Matteo "
        "Max Melker Melvin Milo Milton Neo Nils Noah Noel Oliver Olle Oscar Otto Sam Samuel Sebastian Sigge Sixten Svante "
        "Tage Theo Theodor Tor Valter Viggo Vilgot Vincent Wilhelm William Åke Karl-Johan Lars-Erik Per-Olov Jan-Olof",
        "Andersson Johansson Karlsson Nilsson Eriksson Larsson Olsson Persson Svensson Gustafsson Pettersson Jonsson Jansson "
        "Hansson Bengtsson Jönsson Lindberg Jakobsson Magnusson Lindström Lindqvist Lindgren Berg Axelsson Bergström Lundberg "
        "Lind Lundgren Lundqvist Mattsson Berglund Fredriksson Sandberg Henriksson Sjöberg Forsberg Wallin Engström Eklund "
        "Danielsson Lundin Håkansson Björk Gunnarsson Bergman Holm Samuelsson Wikström Isaksson Fransson Bergqvist Nyström "
        "Holmberg Arvidsson Löfgren Söderberg Nyberg Blomqvist Claesson Mårtensson Nordström Lundström Björklund Eliasson "
        "Pålsson Viklund Berggren Sandström Nordin Lindholm Ström Åberg Hermansson Ekström Holmgren Sundberg Hedlund Dahlberg "
        "Hellström Sjögren Falk Abrahamsson Blom Ek Martinsson Öberg Andreasson Strömberg Åkesson Månsson Hansen Norberg "
        "Åström Lundmark Jonasson Dahl Ivarsson Bjurström Rosén Öhman Ågren Ärlig Nordqvist Hallgren Moberg Sundqvist "
        "Ekman-Lind Berg-Olsson Holm-Sjöberg Nordin-Ek",
    ),
    _naming(
        8,
        "Aya Amina Farah Hala Hiba Jana Lamar Lana Layan Leen Lina Malak Mariam Maya Nour Rahaf Rama Rimas Sama Sham Taline "
        "Yara Zainab Zahra",
        "Adam Ahmad Ali Amir Anas Bilal Fadi Hadi Hamza Hassan Ibrahim Jad Karim Khaled Laith Majd Mohammed Mustafa Omar "
        "Rami Sami Yahya Yazan Yousef Zaid",
        "Al-Hamdan Al-Khalil Al-Masri Al-Najjar Al-Rashid Al-Sayed Abboud Aziz Barakat Daoud Darwish Fares Ghanem Habib Haddad "
        "Hamdan Hassoun Ibrahim Jaber Kassem Khoury Mahmoud Mansour Nasser Othman Qasim Rahal Saleh Shaaban Tahan Yassin Zeidan",
    ),
    _naming(
        5,
        "Ajla Amela Amra Anja Dunja Emina Hana Iva Jelena Lejla Lamija Marija Milica Mina Nejla Petra Sara Selma Tea Una",
        "Adnan Ajdin Aleksandar Amar Damir Danilo Dino Emir Haris Ivan Kenan Luka Marko Mirza Nikola Petar Stefan Tarik Vedad",
        "Babić Begić Bosnić Dedić Delić Halilović Hadžić Hodžić Ivanović Jovanović Kovačević Marić Mehić Mujić Nikolić Omerović "
        "Pavlović Petrović Salihović Stojanović Suljić Tomić Vuković Zukić",
    ),
    _naming(
        5,
        "Amina Ayaan Deqa Fadumo Hafsa Hamdi Hibo Hodan Idil Ifrah Khadija Maryan Nasra Sagal Sumaya Ubah Yasmin Zamzam",
        "Abdi Abdirahman Abdullahi Ayub Bilal Guled Ilyas Ismail Khalid Liban Mahad Mohamed Mubarak Sakariya Salman Yahye Yusuf "
        "Zakaria",
        "Abdi Abdullahi Adan Ahmed Ali Barre Dahir Egal Farah Gedi Guled Hassan Hersi Hirsi Ismail Jama Mohamud Mohamed Nur "
        "Omar Osman Roble Sharif Warsame Yusuf",
    ),
    _naming(
        4,
        "Arezo Aida Atefa Bahar Darya Elaheh Fatemeh Kimia Mahsa Melika Negin Parisa Roya Sahar Setayesh Shirin Tara Zahra",
        "Amin Arash Ariyan Behnam Daniel Ehsan Farhad Hamid Iman Kian Mahdi Mehdi Navid Omid Parsa Reza Sina Zabi",
        "Ahmadi Alizadeh Amiri Azizi Ebrahimi Farahani Ghasemi Haidari Hashemi Hosseini Jafari Karimi Mohammadi Moradi Nazari "
        "Noori Rahimi Rezai Sadeghi Sharifi Tehrani Yousefi",
    ),
    _naming(
        3,
        "Avin Berfin Dilan Evin Hêvî Jîn Lorin Nesrin Rojda Rojin Ronya Sara Shilan Zîlan",
        "Alan Aram Azad Baran Ciwan Dilsoz Diyar Hêvar Kawa Miran Robin Rêbîn Soran Zana",
        "Akgül Amedi Aslan Barzan Demir Doğan Garmiani Hussein Kaya Kurdi Mirza Omer Özdemir Rashid Salim Şahin Yıldız Zebari",
    ),
    _naming(
        3,
        "Aino Anni Eveliina Helmi Iida Katja Kerttu Minea Oona Päivi Saana Silja Tuuli Venla",
        "Aleksi Arttu Eero Eetu Elmeri Jani Jere Juho Kalle Mika Niilo Onni Sami Toivo Väinö",
        "Heikkinen Hämäläinen Järvinen Karjalainen Kinnunen Koskinen Laine Lehtonen Mäkelä Mäkinen Nieminen Niemi Pelkonen "
        "Rantanen Salonen Virtanen",
    ),
    _naming(
        3,
        "Aleksandra Alicja Amelia Hanna Julia Kinga Lena Maja Małgorzata Maria Natalia Oliwia Wiktoria Zofia Zuzanna",
        "Adam Aleksander Antoni Bartosz Filip Franciszek Igor Jakub Jan Kacper Kamil Mateusz Michał Szymon Wojciech",
        "Borkowska Dąbrowski Grabowski Jankowski Kamiński Kowalczyk Krawczyk Lewandowski Mazur Nowak Pawlak Wiśniewski "
        "Wojciechowski Wójcik Zając Zieliński",
    ),
    _naming(
        2,
        "Abrehet Bethlehem Delina Eden Feven Hermela Liya Luwam Mahlet Naomi Rahel Saba Selam Senait Winta",
        "Abel Amanuel Biniam Dawit Ermias Filmon Hermon Kaleb Kidane Meron Natnael Robel Samuel Yonas Yonatan",
        "Abraham Asfaha Berhane Desta Gebre Ghebremedhin Habte Kidane Mehari Mengistu Negash Okbay Solomon Tekle Tesfay "
        "Tewolde Woldemichael",
    ),
    _naming(
        1,
        "Camila Daniela Elena Fernanda Isidora Lucía Martina Paula Sofía Valentina",
        "Alejandro Andrés Benjamín Diego Emilio Javier Joaquín Mateo Santiago Tomás",
        "Castillo Contreras Díaz Fuentes González Muñoz Pérez Rojas Sepúlveda Soto Valenzuela Vargas",
    ),
)

CANARY_GIVEN = ("Tystlina", "Gömilda", "Skyddrun", "Dolvina", "Förgar", "Dunkelrik", "Hemmund", "Skuggolf")
_CANARY_FIRST = ("Kanarie", "Skymsel", "Tystlåt", "Gömsle", "Dunkel", "Lönnlig", "Dolsk", "Förvar", "Hemlig", "Slöjme")
_CANARY_LAST = ("vinge", "stjärt", "näbb", "fjäder", "lund", "gren", "ros", "kvist", "dun", "sång")


def given_names(sex: NDArray[np.int64], naming: NDArray[np.int64], rng: np.random.Generator) -> Names:
    """A given name each. `sex` 0 girl, 1 boy; `naming` counts into NAMINGS."""
    found = np.empty(len(sex), dtype=object)
    for number, each in enumerate(NAMINGS):
        for code, pool in ((0, each.girls), (1, each.boys)):
            chosen = (naming == number) & (sex == code)
            found[chosen] = np.array(pool, dtype=object)[rng.integers(len(pool), size=int(chosen.sum()))]
    return found


def family_names(naming: NDArray[np.int64], rng: np.random.Generator) -> Names:
    """A family name each; the first ones of a list are the commonest."""
    found = np.empty(len(naming), dtype=object)
    for number, each in enumerate(NAMINGS):
        chosen = naming == number
        pool = np.array(each.families, dtype=object)
        place = (rng.random(int(chosen.sum())) ** 1.6 * len(pool)).astype(np.int64)
        found[chosen] = pool[place]
    return found


def drawn_namings(number: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Which way of naming each of `number` people follows."""
    shares = np.array([each.share for each in NAMINGS], dtype=float)
    return rng.choice(len(NAMINGS), number, p=shares / shares.sum())


def canary_name(place: int) -> tuple[str, str]:
    """A given and a family name that only protected people have. The family name is another each time up to 10,000."""
    hundreds, unit = divmod(place, 100)
    family = _canary_family(unit) + (f"-{_canary_family(hundreds - 1)}" if hundreds else "")
    return CANARY_GIVEN[place % len(CANARY_GIVEN)], family


def _canary_family(place: int) -> str:
    return _CANARY_FIRST[place % 10] + _CANARY_LAST[(place + place // 10) % 10]
