/// The word lists of French that the analyzer uses.
enum FrenchWords {
  /// Function words, with their accents.
  static let functionWords: Set<String> = [
    "le", "la", "les", "l", "de", "des", "du", "d", "un", "une", "et", "est", "dans", "pour", "que", "qui", "sur", "au",
    "aux",
    "par", "avec", "en", "ce", "ces", "cet", "cette", "il", "elle", "ils", "elles", "on", "nous", "vous", "je", "tu",
    "ne", "pas",
    "plus", "se", "sa", "son", "ses", "mon", "ma", "mes", "ton", "ta", "tes", "leur", "leurs", "lui", "moi", "toi", "y",
    "ou",
    "mais", "si", "ni", "car", "comme", "sans", "sous", "entre", "vers", "chez", "à", "a", "été", "être", "sont", "ont",
    "dont",
    "où", "même", "très", "aussi", "notre", "nos", "votre", "vos", "tout", "tous", "toute", "toutes",
  ]

  /// Elided words, without the apostrophe: they lose their last vowel before a vowel or h.
  static let elided: Set<String> = [
    "c", "d", "j", "l", "m", "n", "s", "t", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "presqu", "quelqu", "entr",
  ]

  /// Words that contain an apostrophe: the letters before it, and the first letters after it.
  static let withApostrophe: [(before: String, after: String)] = [("aujourd", "hui"), ("prud", "hom")]

  /// Frequent words that are not Vietnamese syllables, folded.
  ///
  /// They are the words at least 27 times as frequent in French text as among the foreign words of Vietnamese
  /// encyclopedia articles, and the names of months and days.
  static let frequentWords = """
    qu etait avait etre meme deux peut fait faire apres ete quand autre encore fut cela cas avoir etat eut ainsi puis \
    autres madame temps donc yeux jeune etaient femme moins jour monsieur suis fois jamais alors dire soit tete \
    devant toujours pere mere vie fille personne tres lorsque voir jusqu celui coeur trois voix quelques oui quelque \
    chambre avez jours contre depuis enfant avaient repondit chose droit faut pendant heure chaque celle ans tant \
    peuvent ceux doit mois mme deja pres heures bras ici peine faisait pouvait bonne enfin partie seul eux lorsqu \
    nuit avais assez sais voila etes comment cour soir mains maintenant ministre mieux serait avis aurait premiere \
    disait demanda ayant cependant gens pourquoi personnes effet prendre laquelle droits vieux pris sera beaucoup \
    seulement veux dessus venait allait annee mots maitre aller doute raison loin objet choses parce seule plusieurs \
    presque parler donner cinq lettre dix etais quel beau reste juge milieu ailleurs prit autour femmes selon quelle \
    devait sommes trouve eau besoin longtemps semblait aupres memes vrai voulait frere valeur vingt fin savoir duree \
    bout nombre derriere tard passer mettre pourtant mise aucune aucun doivent travail abord souvent produits allons \
    joie celles malgre savait pensee soeur venir frais avons crois fallait rendre demander bientot vais plaisir \
    pouvoir ciel chacun pieds parle aussitot vite affaire trouver biens liste travaux autant pied lequel affaires \
    moyen petits faite suivant sorte paroles egalement voulu aujourd partir honneur huit facon acte toutefois laisse \
    vieille communes surtout vint chercher plein mesure sait demain hors jeunes heureux gestion croire directeur \
    lendemain voici veut faisant annees activite regles sauf puisque forets fonctions entree parmi venu societes \
    rapport membre maniere notamment entrer lors matiere sortir deuxieme semble telle plutot donnait furent etant \
    moyens attendre comprendre vraiment quelqu tomber rester pourrait ensuite viens sante periode droite journee \
    rencontre reponse janvier fevrier avril juin juillet aout septembre octobre novembre decembre lundi mardi \
    mercredi jeudi vendredi samedi dimanche suite petite petites grande grandes pays ville monde nouveau nouvelle \
    premiers premieres dernier derniere conseil contrat salaire conge travailleur employeur entreprise
    """

  /// Function words that are not part of a name that follows. `Le` and `Ta` are not among them: they are surnames.
  static let beforeNames: Set<String> = ["de", "du", "la", "en", "au", "a", "à", "un", "et", "si", "que", "on"]

  /// Function words that are Vietnamese syllables: two of them show that a text is French.
  static let weakFunctionWords: Set<String> = ["le", "la", "de", "du", "au"]

  /// Endings of French words that are rare in English: two words with such endings show that a text is French.
  static let endings = [
    "ique", "iques", "eur", "eurs", "euse", "euses", "eux", "eaux", "aire", "aires", "oire", "oires", "aient", "ait",
    "elle", "elles", "ette", "ettes", "ement", "ements",
  ]
}
