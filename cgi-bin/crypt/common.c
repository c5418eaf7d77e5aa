/* SPDX-License-Identifier: Apache-2.0 */
#include "crypt/common.h"

#include <stdbool.h>
#include <string.h>

enum { WORD_MIN = 3, WORD_MAX = 30 };

/* Sorted by strcmp(): the search below needs it, test_password checks it. */
/* clang-format off */
static const char *const words[] = {
	"1234qwer", "123abc", "123qwe", "1q2w3e", "1q2w3e4r", "1q2w3e4r5t",
	"1qaz2wsx", "1qazxsw2", "a1b2c3", "a1b2c3d4", "aa123456", "abc",
	"abc123", "abcd", "abcd1234", "acces", "access", "access1", "accord",
	"admin", "admin123", "administrateur", "administrator", "agreement",
	"alexandre", "allezlesbleus", "allezlom", "alsace", "always", "amanda",
	"amazon", "america", "amour", "amoureux", "ancien", "andrew",
	"android", "angel", "angels", "antoine", "aout", "apple", "apple1",
	"april", "asd123", "asdf", "asdfgh", "asdfghjkl", "ashley", "asterix",
	"august", "australia", "automne", "autumn", "avion", "avril", "azerty",
	"azerty1", "azerty12", "azerty123", "azertyuiop", "baby", "backup",
	"banana", "banane", "bank", "banking", "bart", "baseball",
	"basketball", "batman", "battery", "bear", "beatles", "berlin",
	"bernard", "bienvenue", "bienvenue1", "biere", "bisou", "bisous",
	"black", "bless", "blue", "bonbon", "bonjour", "bonjour1",
	"bonjour123", "bonsoir", "bordeaux", "boss", "bretagne", "brother",
	"bureau", "business", "buster", "butterfly", "camille", "camille1",
	"canada", "caramel", "catherine", "cerise", "champion", "change",
	"changeit", "changeme", "changemoi", "changer", "changezmoi",
	"charlie", "chat", "cheese", "cheri", "cherie", "cherry", "cheval",
	"chevalier", "chief", "chien", "china", "chloe", "chocolat",
	"chocolat1", "chocolate", "chouchou", "christ", "christine",
	"christophe", "church", "citron", "client", "coccinelle", "cocorico",
	"coeur", "company", "compte", "computer", "computer1", "connexion",
	"cookie", "corporate", "correct", "correcthorsebatterystaple", "corse",
	"corvette", "coucou", "coucou1", "credit", "critical", "croissant",
	"cuisine", "cyber", "cybersecurite", "cybersecurity", "daniel",
	"danse", "database", "daughter", "dauphin", "david", "debian",
	"december", "decembre", "default", "demo", "diamond", "dimanche",
	"directeur", "director", "directrice", "dollar", "dolphin", "donald",
	"doudou", "doudou1", "dragon", "dragon1", "eagle", "earth", "eau",
	"ecole", "egalite", "electricite", "eminem", "emma", "employee",
	"energie", "energy", "enfant", "england", "entente", "enter",
	"enterprise", "entreprise", "essai", "ete", "etoile", "euro", "europe",
	"example", "exemple", "facebook", "falcon", "famille", "family",
	"father", "february", "ferrari", "fevrier", "finance", "firewall",
	"fleur", "flower", "football", "forest", "forever", "forget", "forgot",
	"fortnite", "fraise", "francais", "france", "francois", "francoise",
	"fraternite", "frederic", "freedom", "frere", "friday", "fromage",
	"galaxy", "gamer", "garden", "garfield", "gaz", "george", "gerard",
	"germany", "ginger", "god", "gold", "golden", "golf", "goodbye",
	"google", "gouvernement", "government", "green", "guest", "guillaume",
	"guitar", "guitare", "happy", "harley", "hawk", "heaven", "hello",
	"hello123", "helloworld", "hero", "hiver", "hockey", "homer", "honda",
	"hopital", "horse", "horsebattery", "hunter", "iloveyou", "incident",
	"india", "ines", "informatique", "infrastructure", "internet",
	"iphone", "ironman", "isabelle", "jacques", "james", "january",
	"janvier", "japan", "jardin", "jeanne", "jennifer", "jerome",
	"jessica", "jesus", "jetaime", "jeudi", "john", "jordan", "joseph",
	"jtaime", "juillet", "juin", "julie", "julien", "july", "june",
	"killer", "king", "kitten", "kitty", "lapin", "laurent", "lea",
	"legend", "letmein", "letmein1", "liberte", "libertegalitefraternite",
	"licorne", "lightning", "lille", "linkedin", "linux", "lion", "login",
	"london", "louise", "loulou", "loulou1", "loup", "love", "lovely",
	"lover", "loveyou", "lucky", "lundi", "lune", "lyon", "magic", "mai",
	"maison", "maman", "mamie", "manager", "manon", "march", "mardi",
	"marguerite", "marianne", "marie", "mario", "mars", "marseille",
	"marseille13", "master", "matrix", "matthew", "maxime", "mbappe",
	"mdp", "member", "membre", "mercedes", "merci", "mercredi",
	"metallica", "metro", "michael", "michel", "michelle", "mickey",
	"microsoft", "minecraft", "ministere", "ministre", "ministry",
	"minnie", "monamour", "moncoeur", "monday", "money", "monkey",
	"monkey1", "moonlight", "motdepass", "motdepasse", "mother",
	"mountain", "music", "musique", "mustang", "mysql", "nantes",
	"napoleon", "naruto", "nathalie", "navire", "network", "never", "nice",
	"nicolas", "nicolas1", "nicole", "nintendo", "nirvana", "non",
	"normandie", "nothing", "nothing1", "nounou", "nouveau", "november",
	"novembre", "nucleaire", "obelix", "ocean", "october", "octobre",
	"office", "oiseau", "olivier", "olympique", "open", "opensesame",
	"operator", "oracle", "orange", "orange1", "ordinateur", "oui", "ours",
	"pain", "panda", "papa", "papi", "papillon", "paris", "partenaire",
	"partenariat", "partner", "partnership", "pascal", "pass", "pass123",
	"passe", "passe123", "passw0rd", "passwd", "password", "password1",
	"password12", "password123", "passwort", "peace", "peanut", "pepper",
	"philippe", "phoenix", "piano", "pierre", "pink", "planet", "platinum",
	"player", "playstation", "please", "pluto", "poire", "poisson",
	"pokemon", "pomme", "porsche", "port", "portail", "portal", "postgres",
	"power", "president", "prince", "princess", "princesse", "printemps",
	"private", "provence", "provisoire", "psg", "public", "puppy",
	"purple", "q1w2e3r4", "qazwsx", "qazwsxedc", "qsdfgh", "qsdfghjklm",
	"queen", "qwe123", "qwer1234", "qwerty", "qwertyuiop", "qwertz",
	"rail", "rainbow", "ranger", "red", "reine", "remember", "rennes",
	"republique", "reseau", "response", "river", "robert", "rock", "roi",
	"root", "root123", "rose", "router", "rugby", "russia", "salut",
	"samedi", "sample", "samsung", "sandrine", "saturday", "sebastien",
	"secret", "secrete", "secrets", "secure", "securite", "security",
	"security1", "september", "septembre", "server", "serveur", "service",
	"sesame", "shadow", "silver", "simpson", "sister", "smile", "snoopy",
	"soccer", "societe", "soeur", "soldier", "soleil", "soleil1",
	"soleil123", "sonic", "sophie", "space", "spiderman", "spring",
	"staple", "star", "stars", "starwars", "stephane", "stephanie",
	"storm", "strasbourg", "summer", "sunday", "sunny", "sunshine",
	"superman", "superman1", "sylvie", "system", "systeme", "tata",
	"telecom", "temp", "temporaire", "temporary", "tennis", "test",
	"test123", "tester", "testing", "thanks", "thankyou", "thomas",
	"thunder", "thursday", "tiger", "tigre", "tintin", "titi", "together",
	"tortue", "toto", "toulouse", "toyota", "train", "transport",
	"travail", "trust", "trustno1", "tuesday", "tulipe", "turtle", "tutu",
	"twitter", "ubuntu", "ukraine", "universe", "user", "user123",
	"username", "utilisateur", "vacances", "valerie", "vanille",
	"vendredi", "victory", "vin", "vincent", "violette", "vive",
	"vivelafrance", "voiture", "warrior", "water", "wednesday", "welcome",
	"welcome1", "welcome123", "whatever", "white", "william", "windows",
	"winner", "winter", "wolf", "wsxedc", "wxcvbn", "xbox", "yellow",
	"zaq12wsx", "zaq1zaq1", "zelda", "zidane", "zxcvbn", "zxcvbnm",
};
/* clang-format on */

enum { WORDS = sizeof(words) / sizeof(words[0]) };

static bool
has_word(const char *text, size_t len)
{
	size_t low = 0, high = WORDS;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = strncmp(text, words[middle], len);

		if (order == 0 && words[middle][len] != '\0')
			order = -1;
		if (order == 0)
			return true;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return false;
}

size_t
common_prefix(const char *text, size_t len)
{
	for (size_t n = len < WORD_MAX ? len : WORD_MAX; n >= WORD_MIN; n--)
		if (has_word(text, n))
			return n;
	return 0;
}

const char *
common_word(size_t n)
{
	return n < WORDS ? words[n] : NULL;
}
