/// Forms of irregular verbs, folded, and their infinitives. They are the commonest verb forms of French text, and no
/// rule on endings conflates *peut* and *pouvoir*.
///
/// Left out are forms whose main meaning is another (*permis*, *revenu*, *maintenant*, *suit*), forms of two letters
/// (*va*, *pu*, *vu*, which are also Vietnamese syllables), and all of *avoir*, whose forms are function words.
enum FrenchVerbs {
  /// Verbs of equal inflection: every radical takes every ending.
  private struct Family {
    /// The radicals, separated by spaces; empty if the endings are complete forms.
    let radicals: String
    /// The ending of the infinitive.
    let infinitive: String
    /// The endings, separated by spaces.
    let endings: String

    init(_ radicals: String, _ infinitive: String, _ endings: String) {
      self.radicals = radicals
      self.infinitive = infinitive
      self.endings = endings
    }
  }

  /// The infinitives by form. The dictionary is built once per process, on first use.
  static let infinitives: [String: String] = {
    var infinitives: [String: String] = [:]
    infinitives.reserveCapacity(4096)
    for family in families {
      let endings = words(family.endings)
      for radical in family.radicals.isEmpty ? [""] : words(family.radicals) {
        let infinitive = radical + family.infinitive
        for ending in endings { infinitives[radical + ending] = infinitive }
      }
    }
    for form in words(exceptions) { infinitives[form] = nil }
    return infinitives
  }()

  /// Splits a text at spaces. It compares bytes, because iterating over characters took most of the time.
  private static func words(_ text: String) -> [String] {
    text.utf8.split(separator: 0x20).map { String(Substring($0)) }
  }

  /// Number of letters of the longest form.
  static let longest = infinitives.keys.reduce(0) { max($0, $1.utf8.count) }

  /// Forms of the families that are mainly nouns, adjectives or forms of another verb.
  private static let exceptions = """
    admirent allions apprenant atteinte atteintes battant combattant commettant commis compromettant compromis \
    conduite conduites conquerant consentant contenant contenu contenus contraignant contrainte contraintes \
    contredisant contrefaisant crainte craintes croyant decevant decouverte decouvertes demis demise demises detenu \
    detenue detenues detenus disez dormant entreprenant entretiens intervenant joints maintenant maintiens mepris \
    mirent mise mises naissant permis plaignant plains plainte plaintes prevenant prevoyant reconnaissant redisez \
    refera referai referaient referais referait referas referez referiez referons remise remises renais renaissant \
    renait reparais reparait requerant retenue retenues revenant revenu revenus satisfaisant savons seduisant serve \
    serves souffrant soutiens surprenant surpris tenons tenue tenues vaux venue venues voyant
    """

  private static let families: [Family] = [
    Family(
      "t cont det maint obt entret ret sout abst appart v rev dev parv conv surv prev interv prov subv souv", "enir",
      """
      iens ient iennent ienne iennes enons enez enait enais enaient enant enu enue enus enues int inrent iendra \
      iendras iendrai iendrait iendrais iendraient iendront iendrez iendrons
      """),
    Family(
      "p app comp rep surp entrep mep", "rendre",
      """
      rend rends renons renez rennent renne rennes renait renais renaient renant ris rit rirent rendra rendrai \
      rendrait rendrais rendraient rendront rendrez rendrons
      """),
    Family(
      "m adm comm perm prom rem soum transm om em dem comprom", "ettre",
      """
      et ets ettons ettez ettent ette ettes ettait ettais ettaient ettant is ise ises it irent ettra ettrai ettrait \
      ettraient ettront ettrez ettrons
      """),
    Family(
      "", "pouvoir",
      """
      peux peut peuvent puisse puisses puissent puissions puissiez pouvait pouvais pouvaient pouvant pouvons pouvez \
      pouvions put purent pourra pourras pourrai pourrait pourrais pourraient pourront pourrez pourrons pourriez \
      pourrions
      """),
    Family(
      "", "vouloir",
      """
      veux veut veulent veuille veuilles veuillez veuillent voulait voulais voulaient voulant voulons voulez voulu \
      voulus voulue voulues voulut voulurent voudra voudras voudrai voudrais voudrait voudraient voudront voudrez \
      voudrons voudriez voudrions
      """),
    Family(
      "", "devoir",
      """
      dois doit doivent doive doives devait devais devaient devons devez devions dut devra devras devront devrai \
      devrais devrait devraient devrez devrons devriez devrions
      """),
    Family(
      "", "savoir",
      """
      sais sait savent savait savais savaient savons savez savions sache saches sachent sachant sachez sachons sut \
      surent saura sauras saurai saurais saurait sauraient sauront saurez saurons sauriez
      """),
    Family(
      "v rev entrev", "oir",
      """
      ois oit oient oyait oyais oyaient oyons oyez oyant oyions errai erras erra errait errais erraient erront errez \
      errons
      """),
    Family(
      "", "prevoir",
      """
      prevois prevoit prevoient prevoyait prevoyaient prevoyant prevu prevus prevue prevues prevoira prevoirait \
      prevoie prevoient
      """),
    Family(
      "re aper con de per", "cevoir",
      """
      cois coit coivent coive coives cevait cevais cevaient cevant cevons cevez cu cus cue cues cut curent cevra \
      cevront cevrait cevrai cevraient cevrez
      """),
    Family("", "falloir", "faut fallait fallu fallut faudra faudrait"),
    Family(
      "", "aller",
      """
      vais vas vont alla allai allait allais allaient allant allons allions allerent aille ailles aillent irai iras \
      irait irais iraient iront irez irons
      """),
    Family(
      "f ref satisf contref", "aire",
      """
      ais ait aits aite aites ont aisons aisions aisait aisais aisaient aisant it irent era eras erai erait erais \
      eraient eront erez erons eriez asse asses assent assions
      """),
    Family(
      "d red interd pred contred", "ire",
      """
      is it its ite ites isait isais isaient isant isons isez isent ise ises irent irai iras ira irait irais iraient \
      iront irez irons
      """),
    Family(
      "", "etre",
      """
      est sont suis etes etait etais etaient etant etions etiez serai seras sera serait serais seraient seront serez \
      serons seriez serions soit sois soient soyez soyons fut fus furent fusse fussent
      """),
    Family(
      "", "croire",
      """
      crois croit croient croyait croyais croyaient croyant croyez croyons crut crurent croira croirait croirai \
      croirez
      """),
    Family(
      "e de ins pres trans sous circons pros ree", "crire",
      """
      cris crit crits crite crites crivent crivait crivais crivaient crivant crivons crivez crive crives crivit \
      crivirent crira crirait criront criraient
      """),
    Family("l rel", "ire", "isait isais isaient isant isent isez isons ira irai irait iront"),
    Family(
      "pro con re intro tra se de repro in", "duire",
      """
      duis duit duits duite duites duisent duisait duisaient duisant duisons duise duisit duisirent duira duiront \
      duirait duiraient
      """),
    Family(
      "cons ins de recons", "truire",
      """
      truis truit truits truite truites truisent truisait truisaient truisant truise truisit truisirent truira \
      truiront truirait
      """),
    Family(
      "conn reconn meconn par appar dispar repar transpar", "aitre",
      """
      ais ait aissent aissait aissais aissaient aissant aisse aissons aissez u us ue ues ut urent aitra aitrai \
      aitront aitrait aitraient
      """),
    Family("n ren", "aitre", "ais ait aissent aissait aissaient aissant aisse aquit aquirent aitra aitront"),
    Family(
      "crai contrai plai attei etei restrei joi rejoi adjoi", "ndre",
      """
      ns nt nts nte ntes gnent gnait gnais gnaient gnant gne gnes gnons gnez gnit gnirent ndra ndront ndrait
      """),
    Family("pei", "ndre", "ns nt nts nte ntes gnit ndra ndrait"),
    Family(
      "ouv couv decouv entrouv rouv", "re",
      """
      rir re res rent rait rais raient rant rons rez rit rirent rira riront rirait riraient ert erts erte ertes
      """),
    Family(
      "off souff", "re",
      """
      rir re res rent rait rais raient rant rons rez rit rirent rira riront rirait ert erts erte ertes
      """),
    Family("suiv poursuiv", "re", "i is ie ies ent e es ait ais aient ons ez it irent ra rai ront rait raient"),
    Family("viv surviv", "re", "ent ait ais aient ons ez ra rai ront rait"),
    Family("", "vivre", "vecu vecus vecue vecues vecut vecurent"),
    Family("", "survivre", "survit survecu survecut survecurent"),
    Family("r interr corr", "ompre", "omps ompt ompu ompus ompue ompues ompit ompirent ompent ompait ompaient ompant"),
    Family(
      "s ress", "ortir",
      """
      ortait ortais ortaient ortant ortent ortit ortirent ortira ortirait ortiront ortez ortons
      """),
    Family(
      "", "partir",
      """
      partait partais partaient partant partent partit partirent partira partirait partiront partirai partons
      """),
    Family(
      "s ress cons press", "entir",
      """
      ent enti entis entie enties entait entais entaient entant entent entit entirent entira entons entez
      """),
    Family(
      "", "servir",
      """
      sert sers servi servis servie servies servait servais servaient servant servent serve serves servit servirent \
      servira serviront servirait
      """),
    Family("", "dormir", "dort dors dormait dormais dormaient dormant dorment dormi dormit dormirent dormira"),
    Family(
      "c parc rec acc enc", "ourir",
      """
      ourait ourais ouraient ourent ouru ourue ourus ourues ourut oururent ourra ourrait ourront
      """),
    Family("", "parcourir", "parcourt parcourant"),
    Family(
      "", "mourir",
      """
      meurt meurs meurent mourait mourais mouraient mourut moururent mourra mourrai mourrait meure meures
      """),
    Family("ac re con", "querir", "quiert quierent quis quise quises querait querant querra quirent"),
    Family("", "valoir", "vaut valait valaient valent valu valut valurent valant vaudra vaudrait vaille vaux"),
    Family("", "plaire", "plait plaisait plaisaient plaisent plaira plairait plaise"),
    Family("", "boire", "boit boivent buvait buvais buvaient buvant buvez boira"),
    Family(
      "b ab comb deb reb", "attre",
      """
      attu attus attue attues attait attaient attant attent attit attirent attra attrait
      """),
    Family("", "conclure", "conclu conclus conclue conclues conclut conclurent concluait concluant conclura"),
    Family("", "exclure", "exclu exclus exclue exclues exclut excluent excluait excluant exclura"),
    Family("", "inclure", "inclus incluse incluses inclut incluent incluait incluant inclura"),
    Family("", "resoudre", "resout resolu resolus resolue resolues resolut resolvent resoudra"),
    Family("", "suffire", "suffit suffisait suffisaient suffisent suffise suffira suffirait suffi"),
    Family("env renv", "oyer", "oie oies oient erra erront errait errai erraient"),
    Family("", "asseoir", "assis assied assit assise assises asseyait asseyant assirent assieds"),
    // Regular verbs in -ir: no rule tells their endings from those of nouns (poissons, saisons).
    Family(
      """
      fin defin ag reag bat rebat reuss chois obe desobe rempl accompl fourn nourr pun sub guer etabl retabl avert invest \
      grand gross vieill envah trah franch elarg enrich reflech reun surg jaill demol abol amort ralent fleur roug \
      blanch noirc durc adouc embell eclairc approfond applaud
      """, "ir",
      """
      i is ie ies it isse issons issez issent issait issais issions issiez issaient issant ira irai iras irons irez \
      iront irait irais irions iraient irent
      """),
    // The first person plural of common verbs in -er, for the same reason.
    Family(
      """
      parl aim pens trouv donn demand montr cherch regard esper rappel constat propos souhait utilis travaill chant \
      habit arriv entr rest pass laiss gard port appel continu cr ecout etudi evit examin expliqu indiqu invit jou \
      not observ oubli pos prepar present racont refus remarqu remerci salu signal suppos termin tir tourn visit
      """, "er", "ons"),
    Family("mang partag chang voyag engag nag song jug dirig exig oblig", "er", "eons"),
    Family("p ess bal effr", "ayer", "aie aies aient aiera aieront aierai aierait aieraient"),
    Family("empl depl nett cot br foudr octr", "oyer", "oie oies oient oiera oieront oierait oieraient"),
    Family("app ess enn", "uyer", "uie uies uient uiera uieront uierait uieraient"),
    Family("", "comprendre", "comprise comprises"),
    Family("", "apprendre", "apprise apprises"),
  ]
}
