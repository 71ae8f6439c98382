<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name></name>
    <message>
        <source>Type the address of the server, for example https://meet.example.org.</source>
        <translation>Geben Sie die Adresse des Servers ein, zum Beispiel https://meet.example.org.</translation>
    </message>
    <message>
        <source>An address has no spaces, backslashes or invisible characters.</source>
        <translation>Eine Adresse enthält keine Leerzeichen, umgekehrten Schrägstriche oder unsichtbaren Zeichen.</translation>
    </message>
    <message>
        <source>Leave out everything from the “?” or “#” on.</source>
        <translation>Lassen Sie alles ab dem „?“ oder „#“ weg.</translation>
    </message>
    <message>
        <source>This address is not complete or has a wrong port number.</source>
        <translation>Diese Adresse ist unvollständig oder hat eine falsche Portnummer.</translation>
    </message>
    <message>
        <source>plugNmeet needs https:// (http:// works for localhost only).</source>
        <translation>plugNmeet braucht https:// (http:// geht nur bei localhost).</translation>
    </message>
    <message>
        <source>An address begins with https://.</source>
        <translation>Eine Adresse beginnt mit https://.</translation>
    </message>
    <message>
        <source>Leave the user name and password out of the address.</source>
        <translation>Die Adresse darf keinen Benutzernamen und kein Passwort enthalten.</translation>
    </message>
    <message>
        <source>The part after the host name has characters that an address cannot have.</source>
        <translation>Hinter dem Rechnernamen stehen Zeichen, die in einer Adresse nicht erlaubt sind.</translation>
    </message>
    <message>
        <source>“{host}” is not the name of a computer.</source>
        <translation>„{host}“ ist kein gültiger Rechnername.</translation>
    </message>
    <message>
        <source>Write an IP address as four numbers from 0 to 255, or an IPv6 address in brackets.</source>
        <translation>Geben Sie eine IP-Adresse mit vier Zahlen von 0 bis 255 ein oder eine IPv6-Adresse in eckigen Klammern.</translation>
    </message>
    <message>
        <source>Use a complete address that begins with https://.</source>
        <translation>Geben Sie eine vollständige Adresse ein, die mit https:// beginnt.</translation>
    </message>
    <message>
        <source>Use an address without spaces, quotes, brackets, semicolons or backslashes.</source>
        <translation>Die Adresse darf keine Leerzeichen, Anführungszeichen, Klammern, Semikolons oder umgekehrten Schrägstriche enthalten.</translation>
    </message>
    <message>
        <source>Use https://: browsers block http:// inside a meeting.</source>
        <translation>Verwenden Sie https://, denn Browser blockieren http:// in Meetings.</translation>
    </message>
    <message>
        <source>An API key has no line breaks, accents or invisible characters.</source>
        <translation>Ein API-Schlüssel enthält keine Zeilenumbrüche, Umlaute, Akzente oder unsichtbaren Zeichen.</translation>
    </message>
    <message>
        <source>it has line breaks, accents or invisible characters</source>
        <translation>es enthält Zeilenumbrüche, Umlaute, Akzente oder unsichtbare Zeichen</translation>
    </message>
    <message>
        <source>Write a colour, for example #0a66c2 or rgb(10, 102, 194).</source>
        <translation>Geben Sie eine Farbe ein, zum Beispiel #0a66c2 oder rgb(10, 102, 194).</translation>
    </message>
    <message>
        <source>Practice server on this computer</source>
        <translation>Übungsserver auf diesem Computer</translation>
    </message>
    <message>
        <source>It has more than {most} million pixels, too many for a weak computer.</source>
        <translation>Es hat mehr als {most} Millionen Pixel – zu viele für einen schwächeren Computer.</translation>
    </message>
    <message>
        <source>It is no picture that every browser shows. Use PNG, JPEG, WebP, GIF or SVG.</source>
        <translation>Nicht jeder Browser kann dies als Bild anzeigen. Verwenden Sie PNG, JPEG, WebP, GIF oder SVG.</translation>
    </message>
    <message>
        <source>It is no SVG drawing, or the file is damaged.</source>
        <translation>Dies ist keine SVG-Grafik, oder die Datei ist beschädigt.</translation>
    </message>
    <message>
        <source>It fills the room between header and footer, cut at its edges, in light mode only.</source>
        <translation>Es füllt den Raum zwischen Kopf- und Fußzeile, an den Rändern beschnitten und nur im hellen Modus.</translation>
    </message>
    <message>
        <source>It stands in the room&apos;s header, at most 120 × 45 pixels, on light and on dark alike; the page before the room does not show it.</source>
        <translation>Es steht in der Kopfzeile des Raums, höchstens 120 × 45 Pixel groß, auf hellem wie auf dunklem Grund; die Seite vor dem Raum zeigt es nicht.</translation>
    </message>
    <message>
        <source>It is loaded after the client&apos;s own styles, in light and dark mode; the design&apos;s colours are applied after it.</source>
        <translation>Es wird nach den Stilen von plugNmeet geladen, im hellen wie im dunklen Modus; die Farben des Designs werden danach angewendet.</translation>
    </message>
    <message>
        <source>It is larger than 10 MB and was not read to its end.</source>
        <translation>Es ist größer als 10 MB und wurde deshalb nicht vollständig geladen.</translation>
    </message>
    <message>
        <source>It leads on to {target}. Open it in a browser, and use the address where it ends.</source>
        <translation>Die Adresse leitet zu {target} weiter. Öffnen Sie sie im Browser und verwenden Sie die Adresse, bei der Sie am Ende ankommen.</translation>
    </message>
    <message>
        <source>The server has no such file (code {status}).</source>
        <translation>Auf dem Server gibt es diese Datei nicht (Code {status}).</translation>
    </message>
    <message>
        <source>It is {width} pixels wide and becomes blurred on large screens; 1920 × 1080 is enough.</source>
        <translation>Es ist {width} Pixel breit und wird auf großen Bildschirmen unscharf; 1920 × 1080 genügen.</translation>
    </message>
    <message>
        <source>It has {width} × {height} pixels, too many for a weak computer.</source>
        <translation>Es hat {width} × {height} Pixel – zu viele für einen schwächeren Computer.</translation>
    </message>
    <message>
        <source>It moves, which distracts and takes power; nobody can stop it.</source>
        <translation>Es ist animiert. Das lenkt ab, kostet Rechenleistung, und niemand kann es anhalten.</translation>
    </message>
    <message>
        <source>It is drawn from shapes, so that it is sharp in every size.</source>
        <translation>Es ist eine Vektorgrafik und deshalb in jeder Größe scharf.</translation>
    </message>
    <message>
        <source>Only this computer can load it. Put it on a server with https:// for the others.</source>
        <translation>Nur dieser Computer kann es laden. Legen Sie es für alle anderen auf einen Server mit https://.</translation>
    </message>
    <message>
        <source>It is sent as {type}: browsers apply a style sheet only as text/css.</source>
        <translation>Der Server sendet es als {type}. Browser verwenden ein Stylesheet nur, wenn es als text/css kommt.</translation>
    </message>
    <message>
        <source>It is sent as {type} and not as a picture.</source>
        <translation>Der Server sendet es als {type} und nicht als Bild.</translation>
    </message>
    <message>
        <source>It is empty.</source>
        <translation>Die Datei ist leer.</translation>
    </message>
    <message>
        <source>It has {size} MB, which everybody loads when they enter. Make it smaller.</source>
        <translation>Es ist {size} MB groß, und alle laden es beim Beitreten. Verkleinern Sie es.</translation>
    </message>
    <message>
        <source>It has only {width} × {height} pixels, and sharp screens show twice as many.</source>
        <translation>Es hat nur {width} × {height} Pixel; scharfe Bildschirme zeigen doppelt so viele.</translation>
    </message>
    <message>
        <source>Nothing of it is transparent, so that it stands in a box on light or on dark.</source>
        <translation>Nichts daran ist transparent, deshalb steht es auf hellem oder dunklem Grund in einem Kasten.</translation>
    </message>
    <message>
        <source>The file could not be read: {reason}.</source>
        <translation>Die Datei konnte nicht gelesen werden: {reason}.</translation>
    </message>
    <message>
        <source>Check that it is there and that you may open it, or copy its text and paste it.</source>
        <translation>Prüfen Sie, ob die Datei vorhanden ist und Sie sie öffnen dürfen, oder kopieren Sie ihren Text und fügen Sie ihn ein.</translation>
    </message>
    <message>
        <source>it is no ordinary file</source>
        <translation>es ist keine gewöhnliche Datei</translation>
    </message>
    <message>
        <source>This is larger than any design, and was not read.</source>
        <translation>Dies ist größer als jedes Design und wurde nicht gelesen.</translation>
    </message>
    <message>
        <source>This is no text in UTF-8.</source>
        <translation>Dies ist kein Text in UTF-8.</translation>
    </message>
    <message>
        <source>Style sheet for dark mode</source>
        <translation>Stylesheet für den dunklen Modus</translation>
    </message>
    <message>
        <source>For programs that make join addresses: the value of custom_design. Such programs percent-encode it, like every value of an address.</source>
        <translation>Für Programme, die Beitrittsadressen erzeugen: der Wert von custom_design. Diese Programme kodieren ihn wie jeden Wert einer Adresse mit Prozentzeichen.</translation>
    </message>
    <message>
        <source>For join addresses: the design as part of the address. It takes the place of the server&apos;s own design.</source>
        <translation>Für Beitrittsadressen: das Design als Teil der Adresse. Es ersetzt das eigene Design des Servers.</translation>
    </message>
    <message>
        <source>For the administrator of the server: put it at the end of assets/config.js of the meeting&apos;s page. Every meeting then looks like this, unless its address brings a design of its own.</source>
        <translation>Für den Administrator des Servers: Fügen Sie den Text am Ende von assets/config.js der Meetingseite ein. Jedes Meeting sieht dann so aus, außer wenn seine Adresse ein eigenes Design mitbringt.</translation>
    </message>
    <message>
        <source>To keep, and for colleagues: this program reads it again, in the window and on the command line.</source>
        <translation>Zum Aufbewahren und für Kollegen: Dieses Programm liest die Datei wieder ein, im Fenster und über die Befehlszeile.</translation>
    </message>
    <message>
        <source>For the settings of a plugNmeet activity in Moodle. Copy each value into the field of this name.</source>
        <translation>Für die Einstellungen einer plugNmeet-Aktivität in Moodle. Kopieren Sie jeden Wert in das gleichnamige Feld.</translation>
    </message>
    <message>
        <source>For a room of the WordPress plugin. Copy each value into the field of this name.</source>
        <translation>Für einen Raum des WordPress-Plugins. Kopieren Sie jeden Wert in das gleichnamige Feld.</translation>
    </message>
    <message>
        <source>For a room of the Joomla component. Copy each value into the field of this name.</source>
        <translation>Für einen Raum der Joomla-Komponente. Kopieren Sie jeden Wert in das gleichnamige Feld.</translation>
    </message>
    <message>
        <source>For learning platforms with LTI: paste these lines into the custom parameters of the tool.</source>
        <translation>Für Lernplattformen mit LTI: Fügen Sie diese Zeilen in die benutzerdefinierten Parameter des Tools ein.</translation>
    </message>
    <message>
        <source>In dark mode meetings show no colour of a design, but they load its style sheet. Put this file on a web server with https, and its address into the design as “Style sheet”.</source>
        <translation>Im dunklen Modus zeigen Meetings keine Farben eines Designs, laden aber sein Stylesheet. Legen Sie diese Datei auf einen Webserver mit https und tragen Sie ihre Adresse im Design als „Stylesheet“ ein.</translation>
    </message>
    <message>
        <source>The join address is short enough.</source>
        <translation>Die Beitrittsadresse ist kurz genug.</translation>
    </message>
    <message>
        <source>The join address is long: with a long token or many cookies the server may refuse it.</source>
        <translation>Die Beitrittsadresse ist lang: Bei einem langen Token oder vielen Cookies lehnt der Server sie womöglich ab.</translation>
    </message>
    <message>
        <source>The join address is too long: the server refuses the requests of the page (code 431).</source>
        <translation>Die Beitrittsadresse ist zu lang: Der Server lehnt die Anfragen der Seite ab (Code 431).</translation>
    </message>
    <message>
        <source>This form has no field for anything in this design.</source>
        <translation>Dieses Formular hat für nichts in diesem Design ein Feld.</translation>
    </message>
    <message>
        <source>No server is chosen, so this is only the part that is added to a join address.</source>
        <translation>Es ist kein Server gewählt. Dies ist deshalb nur der Teil, der an eine Beitrittsadresse angehängt wird.</translation>
    </message>
    <message>
        <source>This design sets nothing that could be carried over into dark mode.</source>
        <translation>Dieses Design legt nichts fest, was sich in den dunklen Modus übernehmen ließe.</translation>
    </message>
    <message>
        <source>This design has a style sheet already, and takes only one: add these rules at the end of that file.</source>
        <translation>Dieses Design hat schon ein Stylesheet, und mehr als eines ist nicht möglich: Fügen Sie diese Regeln am Ende der vorhandenen Datei ein.</translation>
    </message>
    <message>
        <source>The design holds lists or objects that are nested too deeply.</source>
        <translation>Das Design enthält zu tief verschachtelte Listen oder Objekte.</translation>
    </message>
    <message>
        <source>The name “{name}” appears twice.</source>
        <translation>Der Name „{name}“ kommt zweimal vor.</translation>
    </message>
    <message>
        <source>Line {line} cannot be read. Write the design out in full: names, colons, and texts in quotes.</source>
        <translation>Zeile {line} ist nicht lesbar. Schreiben Sie das Design vollständig aus: Namen, Doppelpunkte und Texte in Anführungszeichen.</translation>
    </message>
    <message>
        <source>Meeting title on the header</source>
        <translation>Meetingtitel in der Kopfzeile</translation>
    </message>
    <message>
        <source>Bell on the header</source>
        <translation>Glocke in der Kopfzeile</translation>
    </message>
    <message>
        <source>Volume and menu on the header</source>
        <translation>Lautstärke und Menü in der Kopfzeile</translation>
    </message>
    <message>
        <source>Sign of the connection on the header</source>
        <translation>Verbindungssymbol in der Kopfzeile</translation>
    </message>
    <message>
        <source>Icons of the menu</source>
        <translation>Menüsymbole</translation>
    </message>
    <message>
        <source>Icons of the menu below the pointer</source>
        <translation>Menüsymbole unter dem Mauszeiger</translation>
    </message>
    <message>
        <source>Text on the room background</source>
        <translation>Text auf dem Raumhintergrund</translation>
    </message>
    <message>
        <source>Name of who speaks</source>
        <translation>Name des Sprechers</translation>
    </message>
    <message>
        <source>Microphone beside that name</source>
        <translation>Mikrofon neben dem Sprechernamen</translation>
    </message>
    <message>
        <source>Primary colour on the page</source>
        <translation>Primärfarbe auf der Seite</translation>
    </message>
    <message>
        <source>Secondary colour on the page</source>
        <translation>Sekundärfarbe auf der Seite</translation>
    </message>
    <message>
        <source>Squares of the icons on the footer</source>
        <translation>Quadrate der Symbole in der Fußzeile</translation>
    </message>
    <message>
        <source>Footer icons on their squares</source>
        <translation>Fußzeilensymbole auf ihren Quadraten</translation>
    </message>
    <message>
        <source>Footer icons in use on their squares</source>
        <translation>Aktive Fußzeilensymbole auf ihren Quadraten</translation>
    </message>
    <message>
        <source>Locked footer icons on their squares</source>
        <translation>Gesperrte Fußzeilensymbole auf ihren Quadraten</translation>
    </message>
    <message>
        <source>Small lock on a footer icon</source>
        <translation>Kleines Schloss am Fußzeilensymbol</translation>
    </message>
    <message>
        <source>Sign on the red button</source>
        <translation>Symbol der roten Schaltfläche</translation>
    </message>
    <message>
        <source>Number of unread messages</source>
        <translation>Anzahl ungelesener Nachrichten</translation>
    </message>
    <message>
        <source>Initials beside a name</source>
        <translation>Initialen neben einem Namen</translation>
    </message>
    <message>
        <source>Title of a side panel</source>
        <translation>Titel einer Seitenleiste</translation>
    </message>
    <message>
        <source>Names on the side panel</source>
        <translation>Namen in der Seitenleiste</translation>
    </message>
    <message>
        <source>“To:” above the chat</source>
        <translation>„An:“ über dem Chat</translation>
    </message>
    <message>
        <source>Cross that closes a panel</source>
        <translation>Kreuz zum Schließen einer Leiste</translation>
    </message>
    <message>
        <source>Times and notices on the side panel</source>
        <translation>Uhrzeiten und Hinweise in der Seitenleiste</translation>
    </message>
    <message>
        <source>Typed message</source>
        <translation>Getippte Nachricht</translation>
    </message>
    <message>
        <source>Hint in the empty message field</source>
        <translation>Hinweis im leeren Nachrichtenfeld</translation>
    </message>
    <message>
        <source>Text of the primary button</source>
        <translation>Text der primären Schaltfläche</translation>
    </message>
    <message>
        <source>Primary button below the pointer</source>
        <translation>Primäre Schaltfläche unter dem Mauszeiger</translation>
    </message>
    <message>
        <source>Text of the secondary button</source>
        <translation>Text der sekundären Schaltfläche</translation>
    </message>
    <message>
        <source>Secondary button below the pointer</source>
        <translation>Sekundäre Schaltfläche unter dem Mauszeiger</translation>
    </message>
    <message>
        <source>Dark footer</source>
        <translation>Dunkle Fußzeile</translation>
    </message>
    <message>
        <source>Light footer</source>
        <translation>Helle Fußzeile</translation>
    </message>
    <message>
        <source>Brand footer</source>
        <translation>Farbige Fußzeile</translation>
    </message>
    <message>
        <source>This picture is larger than {most} MB.</source>
        <translation>Dieses Bild ist größer als {most} MB.</translation>
    </message>
    <message>
        <source>This picture has more than {most} million pixels.</source>
        <translation>Dieses Bild hat mehr als {most} Millionen Pixel.</translation>
    </message>
    <message>
        <source>This is no PNG, JPEG or WebP picture, or the file is damaged.</source>
        <translation>Dies ist kein PNG-, JPEG- oder WebP-Bild, oder die Datei ist beschädigt.</translation>
    </message>
    <message>
        <source>This design sets nothing, and switches the server&apos;s own design off.</source>
        <translation>Dieses Design legt nichts fest und schaltet das eigene Design des Servers aus.</translation>
    </message>
    <message>
        <source>There is no design in this address (custom_design is missing).</source>
        <translation>Diese Adresse enthält kein Design (custom_design fehlt).</translation>
    </message>
    <message>
        <source>The address held a key to a meeting (access_token). It was dropped; do not share it.</source>
        <translation>Die Adresse enthielt einen Zugangsschlüssel zu einem Meeting (access_token). Er wurde entfernt; geben Sie ihn nicht weiter.</translation>
    </message>
    <message>
        <source>The design in this address is cut off at a “#”, which must be written as %23.</source>
        <translation>Das Design in dieser Adresse ist an einem „#“ abgeschnitten. Dieses Zeichen muss als %23 geschrieben werden.</translation>
    </message>
    <message>
        <source>This file was written by a newer version of this program.</source>
        <translation>Diese Datei stammt von einer neueren Version dieses Programms.</translation>
    </message>
    <message>
        <source>This design file is incomplete: it needs “values” with the parameters.</source>
        <translation>Diese Designdatei ist unvollständig: Es fehlt „values“ mit den Parametern.</translation>
    </message>
    <message>
        <source>Line {line} is not written as name = value.</source>
        <translation>Zeile {line} hat nicht die Form Name = Wert.</translation>
    </message>
    <message>
        <source>Line {line} sets a field that is set before.</source>
        <translation>Zeile {line} legt ein Feld fest, das schon weiter oben steht.</translation>
    </message>
    <message>
        <source>The design stands in a comment, where it has no effect. Uncomment it.</source>
        <translation>Das Design steht in einem Kommentar und bleibt dort wirkungslos. Entfernen Sie die Kommentarzeichen.</translation>
    </message>
    <message>
        <source>There is no design here (designCustomization is missing).</source>
        <translation>Hier steht kein Design (designCustomization fehlt).</translation>
    </message>
    <message>
        <source>The design must be an object with the parameters.</source>
        <translation>Das Design muss ein Objekt mit den Parametern sein.</translation>
    </message>
    <message>
        <source>The dark theme&apos;s logo was left out: a design has one logo for light and dark.</source>
        <translation>Das Logo für den dunklen Modus wurde ausgelassen: Ein Design hat nur ein Logo für Hell und Dunkel.</translation>
    </message>
    <message>
        <source>The logo was read from customLogo.</source>
        <translation>Das Logo wurde aus customLogo übernommen.</translation>
    </message>
    <message>
        <source>The percent signs in this design do not give correct text.</source>
        <translation>Die Prozentzeichen in diesem Design ergeben keinen gültigen Text.</translation>
    </message>
    <message>
        <source>This is not correct JSON (line {line}, column {column}).</source>
        <translation>Dies ist kein gültiges JSON (Zeile {line}, Spalte {column}).</translation>
    </message>
    <message>
        <source>This is not correct JSON.</source>
        <translation>Dies ist kein gültiges JSON.</translation>
    </message>
    <message>
        <source>Header</source>
        <translation>Kopfzeile</translation>
    </message>
    <message>
        <source>Logo</source>
        <translation>Logo</translation>
    </message>
    <message>
        <source>Room background</source>
        <translation>Raumhintergrund</translation>
    </message>
    <message>
        <source>Footer</source>
        <translation>Fußzeile</translation>
    </message>
    <message>
        <source>Footer icon</source>
        <translation>Fußzeilensymbol</translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>Benachrichtigungen</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Menü</translation>
    </message>
    <message>
        <source>Primary button</source>
        <translation>Primäre Schaltfläche</translation>
    </message>
    <message>
        <source>Secondary button</source>
        <translation>Sekundäre Schaltfläche</translation>
    </message>
    <message>
        <source>Write a text.</source>
        <translation>Geben Sie einen Text ein.</translation>
    </message>
    <message>
        <source>{old} is an old name: it was read as {new}.</source>
        <translation>{old} ist ein alter Name und wurde als {new} gelesen.</translation>
    </message>
    <message>
        <source>{old} was left out: it is the old name of {new}, which is there too.</source>
        <translation>{old} wurde ausgelassen: Es ist der alte Name von {new}, das ebenfalls vorhanden ist.</translation>
    </message>
    <message>
        <source>No longer read by the meeting&apos;s page, and left out: {names}.</source>
        <translation>Von der Meetingseite nicht mehr gelesen und daher ausgelassen: {names}.</translation>
    </message>
    <message>
        <source>Left out, because there is no such parameter: {names}.</source>
        <translation>Ausgelassen, weil es diesen Parameter nicht gibt: {names}.</translation>
    </message>
    <message>
        <source>Design without a name</source>
        <translation>Design ohne Namen</translation>
    </message>
    <message>
        <source>design for sign-off</source>
        <translation>Design zur Freigabe</translation>
    </message>
    <message>
        <source>Design for sign-off</source>
        <translation>Design zur Freigabe</translation>
    </message>
    <message>
        <source>Pictures and style sheet of this design were not loaded for these pictures.</source>
        <translation>Diese Bilder entstanden ohne die Bilder und das Stylesheet des Designs.</translation>
    </message>
    <message>
        <source>Not in the pictures, because loading failed: {fields}.</source>
        <translation>Auf den Bildern fehlt, was sich nicht laden ließ: {fields}.</translation>
    </message>
    <message>
        <source>People with a dark desktop see of a design only the logo and the style sheet.</source>
        <translation>Wer den Computer auf dunkel eingestellt hat, sieht vom Design nur das Logo und das Stylesheet.</translation>
    </message>
    <message>
        <source>What people see</source>
        <translation>Was man sieht</translation>
    </message>
    <message>
        <source>Picture of the screen: {screen}</source>
        <translation>Bild der Ansicht: {screen}</translation>
    </message>
    <message>
        <source>Left as plugNmeet has it: {fields}.</source>
        <translation>Unverändert wie in plugNmeet: {fields}.</translation>
    </message>
    <message>
        <source>What it paints</source>
        <translation>Wirkt auf</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Parameter</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>Values</source>
        <translation>Werte</translation>
    </message>
    <message>
        <source>Too hard to tell apart: {count} of the pairs that a design can change.</source>
        <translation>Schwer lesbar: {count} der Farbpaare, die ein Design ändern kann.</translation>
    </message>
    <message>
        <source>Everything that a design can change is easy enough to read.</source>
        <translation>Alles, was ein Design ändern kann, ist gut lesbar.</translation>
    </message>
    <message>
        <source>What is read</source>
        <translation>Was man liest</translation>
    </message>
    <message>
        <source>Sample</source>
        <translation>Muster</translation>
    </message>
    <message>
        <source>Contrast</source>
        <translation>Kontrast</translation>
    </message>
    <message>
        <source>WCAG 2.2</source>
        <translation>WCAG 2.2</translation>
    </message>
    <message>
        <source>Decided by</source>
        <translation>Bestimmt durch</translation>
    </message>
    <message>
        <source>fails; {needed} : 1 is needed</source>
        <translation>zu gering; nötig: {needed} : 1</translation>
    </message>
    <message>
        <source>plugNmeet itself</source>
        <translation>plugNmeet selbst</translation>
    </message>
    <message>
        <source>Seen</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>By most people</source>
        <translation>Für die meisten</translation>
    </message>
    <message>
        <source>Harder to read for some of them than for most people: {pairs}.</source>
        <translation>Für manche von ihnen schwerer lesbar als für die meisten: {pairs}.</translation>
    </message>
    <message>
        <source>Whatever most people can read stays readable for them.</source>
        <translation>Was die meisten lesen können, bleibt auch für sie lesbar.</translation>
    </message>
    <message>
        <source>For people who do not see all colours</source>
        <translation>Für Menschen, die nicht alle Farben sehen</translation>
    </message>
    <message>
        <source>takes everything</source>
        <translation>übernimmt alles</translation>
    </message>
    <message>
        <source>cannot take {fields}</source>
        <translation>übernimmt alles außer {fields}</translation>
    </message>
    <message>
        <source>A join address, config.js and a design file take everything.</source>
        <translation>Beitrittsadresse, config.js und Designdatei übernehmen alles.</translation>
    </message>
    <message>
        <source>Where it can be used</source>
        <translation>Wo es sich einsetzen lässt</translation>
    </message>
    <message>
        <source>Approved by</source>
        <translation>Freigegeben von</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Datum</translation>
    </message>
    <message>
        <source>Approval</source>
        <translation>Freigabe</translation>
    </message>
    <message>
        <source>Landing page</source>
        <translation>Startseite</translation>
    </message>
    <message>
        <source>Room with its participants</source>
        <translation>Raum mit Teilnehmern</translation>
    </message>
    <message>
        <source>Room with the chat</source>
        <translation>Raum mit Chat</translation>
    </message>
    <message>
        <source>Room with its menus</source>
        <translation>Raum mit Menüs</translation>
    </message>
    <message>
        <source>Waiting room</source>
        <translation>Warteraum</translation>
    </message>
    <message>
        <source>Buttons in all their states</source>
        <translation>Schaltflächen in allen Zuständen</translation>
    </message>
    <message>
        <source>phone</source>
        <translation>Handy</translation>
    </message>
    <message>
        <source>read from right to left</source>
        <translation>von rechts nach links gelesen</translation>
    </message>
    <message>
        <source>dark</source>
        <translation>dunkel</translation>
    </message>
    <message>
        <source>the part of the program that shows windows is not there</source>
        <translation>der Teil des Programms, der Fenster anzeigt, fehlt</translation>
    </message>
    <message>
        <source>Pictures of a design cannot be taken here: {reason}.</source>
        <translation>Bilder eines Designs können hier nicht erstellt werden: {reason}.</translation>
    </message>
    <message>
        <source>Run the program as an ordinary user, on a system that lets it lock web pages in safely. Everything else about designs works without pictures.</source>
        <translation>Starten Sie das Programm als normaler Benutzer auf einem System, auf dem es Webseiten sicher abschotten kann. Alles andere rund um Designs funktioniert auch ohne Bilder.</translation>
    </message>
    <message>
        <source>The preview stopped before all its pictures were taken.</source>
        <translation>Die Vorschau wurde beendet, bevor alle Bilder erstellt waren.</translation>
    </message>
    <message>
        <source>Try again. If it happens every time, look whether the style sheet of the design hides the whole page.</source>
        <translation>Versuchen Sie es erneut. Wenn es jedes Mal geschieht, prüfen Sie, ob das Stylesheet des Designs die ganze Seite ausblendet.</translation>
    </message>
    <message>
        <source>Value of custom_design</source>
        <translation>Wert von custom_design</translation>
    </message>
    <message>
        <source>Join address</source>
        <translation>Beitrittsadresse</translation>
    </message>
    <message>
        <source>config.js of the server</source>
        <translation>config.js des Servers</translation>
    </message>
    <message>
        <source>Design file (JSON)</source>
        <translation>Designdatei (JSON)</translation>
    </message>
    <message>
        <source>Moodle form</source>
        <translation>Moodle-Formular</translation>
    </message>
    <message>
        <source>WordPress form</source>
        <translation>WordPress-Formular</translation>
    </message>
    <message>
        <source>Joomla form</source>
        <translation>Joomla-Formular</translation>
    </message>
    <message>
        <source>LTI custom parameters</source>
        <translation>Benutzerdefinierte LTI-Parameter</translation>
    </message>
    <message>
        <source>The form has no field for it.</source>
        <translation>Das Formular hat dafür kein Feld.</translation>
    </message>
    <message>
        <source>The form has no field for it: the buttons take the primary colour.</source>
        <translation>Das Formular hat dafür kein Feld: Die Schaltflächen erhalten die Primärfarbe.</translation>
    </message>
    <message>
        <source>The form has no field for it: the buttons take the secondary colour.</source>
        <translation>Das Formular hat dafür kein Feld: Die Schaltflächen erhalten die Sekundärfarbe.</translation>
    </message>
    <message>
        <source>There is nothing here to read.</source>
        <translation>Hier gibt es nichts zu lesen.</translation>
    </message>
    <message>
        <source>download this picture, and upload it in the form</source>
        <translation>dieses Bild herunterladen und im Formular hochladen</translation>
    </message>
    <message>
        <source>Without red (protanopia)</source>
        <translation>Ohne Rot (Protanopie)</translation>
    </message>
    <message>
        <source>Without green (deuteranopia)</source>
        <translation>Ohne Grün (Deuteranopie)</translation>
    </message>
    <message>
        <source>Without blue (tritanopia)</source>
        <translation>Ohne Blau (Tritanopie)</translation>
    </message>
    <message>
        <source>Without any colour</source>
        <translation>Ganz ohne Farbe</translation>
    </message>
    <message>
        <source>“{name}” could not be written: {reason}.</source>
        <translation>„{name}“ konnte nicht gespeichert werden: {reason}.</translation>
    </message>
    <message>
        <source>Choose another folder, or free some space, then try again.</source>
        <translation>Wählen Sie einen anderen Ordner oder schaffen Sie Platz und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>it does not speak https at this port</source>
        <translation>der Server spricht an diesem Port kein HTTPS</translation>
    </message>
    <message>
        <source>it offers only outdated encryption</source>
        <translation>der Server bietet nur veraltete Verschlüsselung an</translation>
    </message>
    <message>
        <source>the encryption could not be agreed on</source>
        <translation>die Verschlüsselung konnte nicht ausgehandelt werden</translation>
    </message>
    <message>
        <source>it is not HTTP</source>
        <translation>kein HTTP</translation>
    </message>
    <message>
        <source>its length is not clear</source>
        <translation>ihre Länge ist unklar</translation>
    </message>
    <message>
        <source>There is no field called “{path}”.</source>
        <translation>Es gibt kein Feld namens „{path}“.</translation>
    </message>
    <message>
        <source>Did you mean {nearest}? “pnm-launcher fields” lists all of them.</source>
        <translation>Meinten Sie {nearest}? „pnm-launcher fields“ zeigt alle Felder.</translation>
    </message>
    <message>
        <source>There is no saved meeting called “{name}”.</source>
        <translation>Es gibt kein gespeichertes Meeting namens „{name}“.</translation>
    </message>
    <message>
        <source>“pnm-launcher meetings list” shows the saved ones.</source>
        <translation>„pnm-launcher meetings list“ zeigt die gespeicherten Meetings.</translation>
    </message>
    <message>
        <source>There is no server called “{name}”.</source>
        <translation>Es gibt keinen Server namens „{name}“.</translation>
    </message>
    <message>
        <source>Add it first: in the window with “Connect your server”, or with “pnm-launcher servers add”.</source>
        <translation>Fügen Sie ihn zuerst hinzu: im Fenster mit „Eigenen Server verbinden“ oder mit „pnm-launcher servers add“.</translation>
    </message>
    <message>
        <source>There is no saved design called “{name}”.</source>
        <translation>Es gibt kein gespeichertes Design namens „{name}“.</translation>
    </message>
    <message>
        <source>“pnm-launcher design list” shows the saved ones.</source>
        <translation>„pnm-launcher design list“ zeigt die gespeicherten Designs.</translation>
    </message>
    <message>
        <source>There is no Matrix account called “{name}” here.</source>
        <translation>Hier gibt es kein Matrix-Konto namens „{name}“.</translation>
    </message>
    <message>
        <source>Sign in to it first: in the window, or with “pnm-launcher matrix login”.</source>
        <translation>Melden Sie sich zuerst damit an: im Fenster oder mit „pnm-launcher matrix login“.</translation>
    </message>
    <message>
        <source>Your saved meetings could not be read: {reason}.</source>
        <translation>Ihre gespeicherten Meetings konnten nicht gelesen werden: {reason}.</translation>
    </message>
    <message>
        <source>The file is kept at {copy}. The launcher goes on with an empty list.</source>
        <translation>Die Datei bleibt erhalten: {copy}. Der Launcher macht mit einer leeren Liste weiter.</translation>
    </message>
    <message>
        <source>Some of your saved meetings or servers could not be read ({count}).</source>
        <translation>Einige Ihrer gespeicherten Meetings oder Server konnten nicht gelesen werden ({count}).</translation>
    </message>
    <message>
        <source>They stay as they are in {path}, and everything else works. Correct them there, or remove them.</source>
        <translation>In {path} bleiben sie unverändert, und alles andere funktioniert. Korrigieren oder entfernen Sie sie dort.</translation>
    </message>
    <message>
        <source>Your saved meetings were written by a newer version of this program.</source>
        <translation>Ihre Meetings wurden mit einer neueren Version dieses Programms gespeichert.</translation>
    </message>
    <message>
        <source>Install the newer version again. The file {path} is left untouched, and nothing is saved meanwhile.</source>
        <translation>Installieren Sie wieder die neuere Version. Die Datei {path} bleibt unverändert, und bis dahin wird nichts gespeichert.</translation>
    </message>
    <message>
        <source>Your changes could not be saved: {reason}.</source>
        <translation>Ihre Änderungen konnten nicht gespeichert werden: {reason}.</translation>
    </message>
    <message>
        <source>They stay in the window. Free some space or make {folder} writable, then change something again.</source>
        <translation>Im Fenster bleiben sie erhalten. Schaffen Sie Speicherplatz oder machen Sie {folder} beschreibbar, und ändern Sie dann noch einmal etwas.</translation>
    </message>
    <message>
        <source>This computer offers no keyring to keep the API secret in.</source>
        <translation>Auf diesem Computer gibt es keinen Schlüsselbund für das API-Geheimnis.</translation>
    </message>
    <message>
        <source>Type the secret for this session only, or install a keyring (GNOME Keyring, KWallet) and sign in to your computer again.</source>
        <translation>Geben Sie das Geheimnis nur für diese Sitzung ein, oder installieren Sie einen Schlüsselbund (GNOME Keyring, KWallet) und melden Sie sich neu am Computer an.</translation>
    </message>
    <message>
        <source>The keyring “{backend}” is not one that keeps secrets safely.</source>
        <translation>Der Schlüsselbund „{backend}“ bewahrt Geheimnisse nicht sicher auf.</translation>
    </message>
    <message>
        <source>Type the secret for this session only, or switch to the keyring of your system.</source>
        <translation>Geben Sie das Geheimnis nur für diese Sitzung ein oder wechseln Sie zum Schlüsselbund Ihres Systems.</translation>
    </message>
    <message>
        <source>Your keyring is locked.</source>
        <translation>Ihr Schlüsselbund ist gesperrt.</translation>
    </message>
    <message>
        <source>Unlock it with your login password, then try again. You can also type the secret for this session only.</source>
        <translation>Entsperren Sie ihn mit Ihrem Anmeldepasswort und versuchen Sie es erneut. Sie können das Geheimnis auch nur für diese Sitzung eingeben.</translation>
    </message>
    <message>
        <source>Your keyring did not answer within {seconds} seconds.</source>
        <translation>Ihr Schlüsselbund hat nicht innerhalb von {seconds} Sekunden geantwortet.</translation>
    </message>
    <message>
        <source>Look for a window that asks for your password, then try again. You can also type the secret for this session only.</source>
        <translation>Suchen Sie ein Fenster, das nach Ihrem Passwort fragt, und versuchen Sie es dann erneut. Sie können das Geheimnis auch nur für diese Sitzung eingeben.</translation>
    </message>
    <message>
        <source>Your keyring refused: {reason}.</source>
        <translation>Ihr Schlüsselbund verweigert den Zugriff: {reason}.</translation>
    </message>
    <message>
        <source>Allow this program in the keyring&apos;s settings, then try again.</source>
        <translation>Lassen Sie das Programm in den Einstellungen des Schlüsselbunds zu und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>The keyring did not keep the secret as it was given.</source>
        <translation>Der Schlüsselbund hat das Geheimnis nicht unverändert gespeichert.</translation>
    </message>
    <message>
        <source>Nothing was saved. Type the secret for this session only, and check the keyring&apos;s settings.</source>
        <translation>Es wurde nichts gespeichert. Geben Sie das Geheimnis nur für diese Sitzung ein und prüfen Sie die Einstellungen des Schlüsselbunds.</translation>
    </message>
    <message>
        <source>The API secret of {server} is not in your keyring.</source>
        <translation>Das API-Geheimnis von {server} ist nicht in Ihrem Schlüsselbund.</translation>
    </message>
    <message>
        <source>Type it once under “Server settings”. Your administrator finds it in config.yaml (client → secret).</source>
        <translation>Geben Sie es einmal unter „Servereinstellungen“ ein. Ihr Administrator findet es in config.yaml (client → secret).</translation>
    </message>
    <message>
        <source>This is not an API secret: {reason}.</source>
        <translation>Das ist kein API-Geheimnis: {reason}.</translation>
    </message>
    <message>
        <source>Copy it again from the server&apos;s config.yaml (client → secret).</source>
        <translation>Kopieren Sie es erneut aus der config.yaml des Servers (client → secret).</translation>
    </message>
    <message>
        <source>No computer called {host} was found.</source>
        <translation>Es wurde kein Computer namens {host} gefunden.</translation>
    </message>
    <message>
        <source>Check the address for typing errors, and that this computer is online.</source>
        <translation>Prüfen Sie, ob die Adresse richtig geschrieben ist und ob dieser Computer online ist.</translation>
    </message>
    <message>
        <source>This computer has no way to {host}.</source>
        <translation>Dieser Computer kann {host} nicht erreichen.</translation>
    </message>
    <message>
        <source>Check that you are online. Some servers can be reached from their own network or through a VPN only.</source>
        <translation>Prüfen Sie, ob Sie online sind. Manche Server sind nur aus ihrem eigenen Netzwerk oder über ein VPN erreichbar.</translation>
    </message>
    <message>
        <source>{host} does not accept connections.</source>
        <translation>{host} nimmt keine Verbindungen an.</translation>
    </message>
    <message>
        <source>The server may be switched off or starting. Try again in a minute, or ask your administrator.</source>
        <translation>Der Server ist vielleicht ausgeschaltet oder startet gerade. Versuchen Sie es in einer Minute erneut oder fragen Sie Ihren Administrator.</translation>
    </message>
    <message>
        <source>The connection to {host} broke off before the answer was complete.</source>
        <translation>Die Verbindung zu {host} ist abgebrochen, bevor die Antwort vollständig war.</translation>
    </message>
    <message>
        <source>Check your network and try again.</source>
        <translation>Prüfen Sie Ihr Netzwerk und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>The connection to {host} is not safe: {reason}.</source>
        <translation>Die Verbindung zu {host} ist nicht sicher: {reason}.</translation>
    </message>
    <message>
        <source>Check this computer&apos;s date. Otherwise ask your administrator: the server&apos;s certificate must be valid for this address.</source>
        <translation>Prüfen Sie das Datum dieses Computers. Wenn es stimmt, fragen Sie Ihren Administrator: Das Zertifikat des Servers muss für diese Adresse gültig sein.</translation>
    </message>
    <message>
        <source>The certificate of {host} has expired; this computer&apos;s date is {today}.</source>
        <translation>Das Zertifikat von {host} ist abgelaufen; das Datum dieses Computers ist {today}.</translation>
    </message>
    <message>
        <source>If that date is wrong, correct it. Otherwise ask your administrator to renew the certificate.</source>
        <translation>Korrigieren Sie das Datum, falls es falsch ist. Bitten Sie sonst Ihren Administrator, das Zertifikat zu erneuern.</translation>
    </message>
    <message>
        <source>The certificate of {host} is not valid yet; this computer&apos;s date is {today}.</source>
        <translation>Das Zertifikat von {host} ist noch nicht gültig; das Datum dieses Computers ist {today}.</translation>
    </message>
    <message>
        <source>Correct the date of this computer. If it is right, ask your administrator.</source>
        <translation>Korrigieren Sie das Datum dieses Computers. Wenn es stimmt, fragen Sie Ihren Administrator.</translation>
    </message>
    <message>
        <source>The server at {host} shows the certificate of another name.</source>
        <translation>Der Server unter {host} hat ein Zertifikat für einen anderen Namen.</translation>
    </message>
    <message>
        <source>Check the address. If it is right, ask your administrator for a certificate with this name.</source>
        <translation>Prüfen Sie die Adresse. Wenn sie stimmt, bitten Sie Ihren Administrator um ein Zertifikat für diesen Namen.</translation>
    </message>
    <message>
        <source>This computer does not trust who issued the certificate of {host}.</source>
        <translation>Dieser Computer vertraut dem Aussteller des Zertifikats von {host} nicht.</translation>
    </message>
    <message>
        <source>If your organisation issues its own certificates, ask your administrator for the certificate file, and name it in the server&apos;s settings. Otherwise do not go on: somebody may be listening.</source>
        <translation>Wenn Ihre Organisation eigene Zertifikate ausstellt, fragen Sie Ihren Administrator nach der Zertifikatsdatei und tragen Sie sie in den Servereinstellungen ein. Fahren Sie sonst nicht fort: Jemand könnte mitlesen.</translation>
    </message>
    <message>
        <source>{host} did not answer within {seconds} s.</source>
        <translation>{host} hat nicht innerhalb von {seconds} s geantwortet.</translation>
    </message>
    <message>
        <source>Try again. If it happens often, tell your administrator that the server is slow.</source>
        <translation>Versuchen Sie es erneut. Wenn das oft passiert, sagen Sie Ihrem Administrator, dass der Server langsam ist.</translation>
    </message>
    <message>
        <source>The proxy {proxy} did not let the connection to {host} through.</source>
        <translation>Der Proxy {proxy} hat die Verbindung zu {host} nicht durchgelassen.</translation>
    </message>
    <message>
        <source>Check the proxy in your system&apos;s network settings (HTTPS_PROXY).</source>
        <translation>Prüfen Sie den Proxy in den Netzwerkeinstellungen Ihres Systems (HTTPS_PROXY).</translation>
    </message>
    <message>
        <source>The proxy {proxy} asks for a user name and a password.</source>
        <translation>Der Proxy {proxy} verlangt einen Benutzernamen und ein Passwort.</translation>
    </message>
    <message>
        <source>Ask your administrator for them, and write HTTPS_PROXY as http://name:password@proxy.</source>
        <translation>Fragen Sie Ihren Administrator danach und geben Sie HTTPS_PROXY in dieser Form an: http://name:password@proxy.</translation>
    </message>
    <message>
        <source>The proxy {proxy} is of a kind this program cannot use.</source>
        <translation>Die Art des Proxys {proxy} wird von diesem Programm nicht unterstützt.</translation>
    </message>
    <message>
        <source>Use an http:// proxy address, or add the server to NO_PROXY.</source>
        <translation>Verwenden Sie eine Proxy-Adresse mit http:// oder nehmen Sie den Server in NO_PROXY auf.</translation>
    </message>
    <message>
        <source>The file with your organisation&apos;s certificates cannot be read: {path}.</source>
        <translation>Die Datei mit den Zertifikaten Ihrer Organisation kann nicht gelesen werden: {path}.</translation>
    </message>
    <message>
        <source>Correct the path in the server&apos;s settings, or remove it to use the system&apos;s certificates.</source>
        <translation>Korrigieren Sie den Pfad in den Servereinstellungen oder entfernen Sie ihn, um die Zertifikate des Systems zu verwenden.</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>Abgebrochen.</translation>
    </message>
    <message>
        <source>Nothing was changed.</source>
        <translation>Es wurde nichts geändert.</translation>
    </message>
    <message>
        <source>{host} sends visitors on to {target}.</source>
        <translation>{host} leitet zu {target} weiter.</translation>
    </message>
    <message>
        <source>If that is your server, put this address into the server settings. Nothing was sent there.</source>
        <translation>Wenn das Ihr Server ist, tragen Sie diese Adresse in den Servereinstellungen ein. Dorthin wurde nichts gesendet.</translation>
    </message>
    <message>
        <source>{host} answered with a web page, not as a plugNmeet server.</source>
        <translation>{host} hat mit einer Webseite geantwortet, nicht wie ein plugNmeet-Server.</translation>
    </message>
    <message>
        <source>You may have to sign in to the network first. Otherwise check the address: it is the one your meetings open at.</source>
        <translation>Vielleicht müssen Sie sich zuerst im Netzwerk anmelden. Prüfen Sie sonst die Adresse: Es ist die, unter der sich Ihre Meetings öffnen.</translation>
    </message>
    <message>
        <source>There is no plugNmeet server at {address}.</source>
        <translation>Unter {address} gibt es keinen plugNmeet-Server.</translation>
    </message>
    <message>
        <source>Check the address, also the part after the host name.</source>
        <translation>Prüfen Sie die Adresse, auch den Teil nach dem Servernamen.</translation>
    </message>
    <message>
        <source>The server refused the request because it is too long.</source>
        <translation>Der Server hat die Anfrage abgelehnt, weil sie zu lang ist.</translation>
    </message>
    <message>
        <source>Shorten the longest texts, such as the welcome message or the extra data.</source>
        <translation>Kürzen Sie die längsten Texte, zum Beispiel die Begrüßung oder die Zusatzdaten.</translation>
    </message>
    <message>
        <source>The server refused the request because its address is too long.</source>
        <translation>Der Server hat die Anfrage abgelehnt, weil ihre Adresse zu lang ist.</translation>
    </message>
    <message>
        <source>A design makes the join link longer: clear some of its values.</source>
        <translation>Ein Design verlängert den Beitrittslink: Löschen Sie einige seiner Werte.</translation>
    </message>
    <message>
        <source>The server failed while working on this: {message}</source>
        <translation>Beim Bearbeiten ist auf dem Server ein Fehler aufgetreten: {message}</translation>
    </message>
    <message>
        <source>Try again. If it stays, send this sentence to your administrator.</source>
        <translation>Versuchen Sie es erneut. Wenn der Fehler bleibt, senden Sie diese Meldung an Ihren Administrator.</translation>
    </message>
    <message>
        <source>The server behind {host} is not running (code {status}).</source>
        <translation>Der Server hinter {host} läuft nicht (Code {status}).</translation>
    </message>
    <message>
        <source>It may be restarting. Try again in a minute, or ask your administrator.</source>
        <translation>Vielleicht startet er gerade neu. Versuchen Sie es in einer Minute erneut oder fragen Sie Ihren Administrator.</translation>
    </message>
    <message>
        <source>The server is not healthy: {message}</source>
        <translation>Der Server läuft nicht fehlerfrei: {message}</translation>
    </message>
    <message>
        <source>Tell your administrator: the server itself names the part that fails.</source>
        <translation>Sagen Sie es Ihrem Administrator: Der Server nennt selbst den Teil, der nicht funktioniert.</translation>
    </message>
    <message>
        <source>{host} sent more data than any plugNmeet answer has.</source>
        <translation>{host} hat mehr Daten gesendet, als ein plugNmeet-Server je sendet.</translation>
    </message>
    <message>
        <source>Check the address. The connection was cut for safety.</source>
        <translation>Prüfen Sie die Adresse. Die Verbindung wurde zur Sicherheit getrennt.</translation>
    </message>
    <message>
        <source>{host} sent an answer this program does not understand: {reason}.</source>
        <translation>{host} hat eine Antwort gesendet, die dieses Programm nicht versteht: {reason}.</translation>
    </message>
    <message>
        <source>Check that the address belongs to a plugNmeet server. If it does, send this sentence to your administrator.</source>
        <translation>Prüfen Sie, ob die Adresse zu einem plugNmeet-Server gehört. Wenn ja, senden Sie diese Meldung an Ihren Administrator.</translation>
    </message>
    <message>
        <source>The server refused: {message}</source>
        <translation>Vom Server abgelehnt: {message}</translation>
    </message>
    <message>
        <source>If the sentence does not help, send it to your administrator (code {code}).</source>
        <translation>Wenn Ihnen diese Meldung nicht weiterhilft, senden Sie sie an Ihren Administrator (Code {code}).</translation>
    </message>
    <message>
        <source>The practice server could not start: {reason}.</source>
        <translation>Der Übungsserver konnte nicht starten: {reason}.</translation>
    </message>
    <message>
        <source>Close programs that use many network connections, then try again.</source>
        <translation>Schließen Sie Programme, die viele Netzwerkverbindungen nutzen, und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>No web browser could be opened.</source>
        <translation>Es konnte kein Browser geöffnet werden.</translation>
    </message>
    <message>
        <source>Set a default browser in your system&apos;s settings, or join in this app.</source>
        <translation>Legen Sie in den Systemeinstellungen einen Standardbrowser fest oder treten Sie dem Meeting in dieser App bei.</translation>
    </message>
    <message>
        <source>The browser did not fetch the meeting within {seconds} seconds.</source>
        <translation>Der Browser hat das Meeting nicht innerhalb von {seconds} Sekunden abgerufen.</translation>
    </message>
    <message>
        <source>Press “Open in browser” again.</source>
        <translation>Klicken Sie erneut auf „Im Browser öffnen“.</translation>
    </message>
    <message>
        <source>The meeting window cannot be used here: {reason}.</source>
        <translation>Das Meetingfenster kann hier nicht verwendet werden: {reason}.</translation>
    </message>
    <message>
        <source>Use “Open in browser” instead.</source>
        <translation>Verwenden Sie stattdessen „Im Browser öffnen“.</translation>
    </message>
    <message>
        <source>This is needed.</source>
        <translation>Bitte ausfüllen.</translation>
    </message>
    <message>
        <source>About this program</source>
        <translation>Über dieses Programm</translation>
    </message>
    <message>
        <source>Free software under the MIT licence. The libraries inside have licences of their own.</source>
        <translation>Freie Software unter der MIT-Lizenz. Für die enthaltenen Bibliotheken gelten eigene Lizenzen.</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Look for a newer version</source>
        <translation>Nach Updates suchen</translation>
    </message>
    <message>
        <source>Open its download</source>
        <translation>Download öffnen</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>Suche läuft…</translation>
    </message>
    <message>
        <source>You have the newest version.</source>
        <translation>Sie haben die neueste Version.</translation>
    </message>
    <message>
        <source>Version {version} is there.</source>
        <translation>Version {version} ist verfügbar.</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>{version} ({form})</source>
        <translation>{version} ({form})</translation>
    </message>
    <message>
        <source>Qt</source>
        <translation>Qt</translation>
    </message>
    <message>
        <source>Web engine</source>
        <translation>Web-Engine</translation>
    </message>
    <message>
        <source>none: meetings open in your browser</source>
        <translation>keine: Meetings öffnen sich in Ihrem Browser</translation>
    </message>
    <message>
        <source>Chromium {version}, with security fixes up to {patches}</source>
        <translation>Chromium {version}, Sicherheitsupdates bis {patches}</translation>
    </message>
    <message>
        <source>Age of the fixes</source>
        <translation>Alter der Updates</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>1 day</source>
        <translation>1 Tag</translation>
    </message>
    <message>
        <source>{count} days</source>
        <translation>{count} Tage</translation>
    </message>
    <message>
        <source>{age}: look for a newer version of this program</source>
        <translation>{age}: Suchen Sie nach einer neueren Version dieses Programms</translation>
    </message>
    <message>
        <source>Version {version} of this program is there.</source>
        <translation>Version {version} dieses Programms ist verfügbar.</translation>
    </message>
    <message>
        <source>What is new</source>
        <translation>Neuerungen</translation>
    </message>
    <message>
        <source>Ready. Join enters the chat room and opens it.</source>
        <translation>Bereit. „Beitreten“ bringt Sie in den Chatraum und öffnet ihn.</translation>
    </message>
    <message>
        <source>One field needs your attention.</source>
        <translation>Bitte prüfen Sie noch ein Feld.</translation>
    </message>
    <message>
        <source>{count} fields need your attention.</source>
        <translation>Bitte prüfen Sie noch {count} Felder.</translation>
    </message>
    <message>
        <source>Ready. Camera and microphone are off until you say so.</source>
        <translation>Bereit. Kamera und Mikrofon bleiben aus, bis Sie sie einschalten.</translation>
    </message>
    <message>
        <source>This meeting has no server.</source>
        <translation>Dieses Meeting hat keinen Server.</translation>
    </message>
    <message>
        <source>Choose one on the page “You”, or connect yours.</source>
        <translation>Wählen Sie einen auf der Seite „Sie“ oder verbinden Sie Ihren eigenen.</translation>
    </message>
    <message>
        <source>Open in browser</source>
        <translation>Im Browser öffnen</translation>
    </message>
    <message>
        <source>Design of {title}</source>
        <translation>Design: {title}</translation>
    </message>
    <message>
        <source>Move it to a window</source>
        <translation>In ein Fenster holen</translation>
    </message>
    <message>
        <source>The meeting was opened in your browser.</source>
        <translation>Das Meeting wurde in Ihrem Browser geöffnet.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Type the secret…</source>
        <translation>Geheimnis eingeben…</translation>
    </message>
    <message>
        <source>Server settings</source>
        <translation>Servereinstellungen</translation>
    </message>
    <message>
        <source>Check camera and sound</source>
        <translation>Kamera und Ton prüfen</translation>
    </message>
    <message>
        <source>Loudness of the microphone</source>
        <translation>Lautstärke des Mikrofons</translation>
    </message>
    <message>
        <source>Play a sound</source>
        <translation>Ton abspielen</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Do camera and sound work?</source>
        <translation>Funktionieren Kamera und Ton?</translation>
    </message>
    <message>
        <source>Nobody sees or hears you here: all of it stays on this computer.</source>
        <translation>Hier sieht und hört Sie niemand: Alles bleibt auf diesem Computer.</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>Mikrofon</translation>
    </message>
    <message>
        <source>Loudspeaker</source>
        <translation>Lautsprecher</translation>
    </message>
    <message>
        <source>None found</source>
        <translation>Nichts gefunden</translation>
    </message>
    <message>
        <source>No loudspeaker was found.</source>
        <translation>Kein Lautsprecher gefunden.</translation>
    </message>
    <message>
        <source>Without a name</source>
        <translation>Ohne Namen</translation>
    </message>
    <message>
        <source>Waiting for the picture…</source>
        <translation>Warten auf das Bild…</translation>
    </message>
    <message>
        <source>You are heard.</source>
        <translation>Sie sind zu hören.</translation>
    </message>
    <message>
        <source>Nothing is heard. Is it muted, or is another one meant?</source>
        <translation>Es ist nichts zu hören. Ist das Mikrofon stummgeschaltet oder das falsche gewählt?</translation>
    </message>
    <message>
        <source>Say something: the bar moves.</source>
        <translation>Sagen Sie etwas: Dann bewegt sich der Balken.</translation>
    </message>
    <message>
        <source>The check stopped working. Close it and open it again.</source>
        <translation>Die Prüfung funktioniert nicht mehr. Schließen Sie sie und öffnen Sie sie erneut.</translation>
    </message>
    <message>
        <source>The meeting begins with the devices that your system prefers. To change them there, press the arrow beside the camera or the microphone.</source>
        <translation>Das Meeting beginnt mit den Standardgeräten Ihres Systems. Um dort andere zu wählen, klicken Sie auf den Pfeil neben der Kamera oder dem Mikrofon.</translation>
    </message>
    <message>
        <source>Camera and microphone cannot be checked here: {reason}.</source>
        <translation>Kamera und Mikrofon können hier nicht geprüft werden: {reason}.</translation>
    </message>
    <message>
        <source>In the browser, the meeting itself shows you camera and microphone before you enter.</source>
        <translation>Im Browser zeigt Ihnen das Meeting selbst Kamera und Mikrofon, bevor Sie eintreten.</translation>
    </message>
    <message>
        <source>Check camera and microphone…</source>
        <translation>Kamera und Mikrofon prüfen…</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Nicht jetzt</translation>
    </message>
    <message>
        <source>{devices}: worked on {day}.</source>
        <translation>{devices}: erfolgreich geprüft am {day}.</translation>
    </message>
    <message>
        <source>No camera and no microphone worked on {day}.</source>
        <translation>Weder Kamera noch Mikrofon funktionierten bei der Prüfung am {day}.</translation>
    </message>
    <message>
        <source>Before you join for the first time: see and hear yourself. Nothing leaves this computer.</source>
        <translation>Sehen und hören Sie sich selbst, bevor Sie zum ersten Mal beitreten. Nichts verlässt diesen Computer.</translation>
    </message>
    <message>
        <source>This device did not start ({fault}). Choose another one, or press “Try again”.</source>
        <translation>Dieses Gerät ließ sich nicht starten ({fault}). Wählen Sie ein anderes oder klicken Sie auf „Erneut versuchen“.</translation>
    </message>
    <message>
        <source>No camera was found. Plug one in and press “Try again”, or join without it.</source>
        <translation>Keine Kamera gefunden. Schließen Sie eine an und klicken Sie auf „Erneut versuchen“, oder treten Sie ohne Kamera bei.</translation>
    </message>
    <message>
        <source>The camera does not answer: mostly another program uses it. Close that program, then press “Try again”.</source>
        <translation>Die Kamera reagiert nicht: Meist verwendet sie gerade ein anderes Programm. Schließen Sie dieses Programm und klicken Sie dann auf „Erneut versuchen“.</translation>
    </message>
    <message>
        <source>Your system does not let this program use the camera. Allow it in the system&apos;s privacy settings, then press “Try again”.</source>
        <translation>Ihr System lässt dieses Programm nicht auf die Kamera zugreifen. Erlauben Sie das in den Datenschutzeinstellungen des Systems und klicken Sie dann auf „Erneut versuchen“.</translation>
    </message>
    <message>
        <source>This camera is not there any more. Choose another one.</source>
        <translation>Diese Kamera ist nicht mehr da. Wählen Sie eine andere.</translation>
    </message>
    <message>
        <source>No microphone was found. Plug one in and press “Try again”, or join as a listener.</source>
        <translation>Kein Mikrofon gefunden. Schließen Sie eines an und klicken Sie auf „Erneut versuchen“, oder treten Sie als Zuhörer bei.</translation>
    </message>
    <message>
        <source>The microphone does not answer: mostly another program uses it. Close that program, then press “Try again”.</source>
        <translation>Das Mikrofon reagiert nicht: Meist verwendet es gerade ein anderes Programm. Schließen Sie dieses Programm und klicken Sie dann auf „Erneut versuchen“.</translation>
    </message>
    <message>
        <source>Your system does not let this program use the microphone. Allow it in the system&apos;s privacy settings, then press “Try again”.</source>
        <translation>Ihr System lässt dieses Programm nicht auf das Mikrofon zugreifen. Erlauben Sie das in den Datenschutzeinstellungen des Systems und klicken Sie dann auf „Erneut versuchen“.</translation>
    </message>
    <message>
        <source>This microphone is not there any more. Choose another one.</source>
        <translation>Dieses Mikrofon ist nicht mehr da. Wählen Sie ein anderes.</translation>
    </message>
    <message>
        <source>Two notes are playing now.</source>
        <translation>Jetzt erklingen zwei Töne.</translation>
    </message>
    <message>
        <source>The sound could not be played there. Choose another loudspeaker.</source>
        <translation>Der Ton konnte dort nicht abgespielt werden. Wählen Sie einen anderen Lautsprecher.</translation>
    </message>
    <message>
        <source>Two soft notes. If you hear nothing, turn it up or choose another one.</source>
        <translation>Zwei leise Töne. Wenn Sie nichts hören, stellen Sie den Lautsprecher lauter oder wählen Sie einen anderen.</translation>
    </message>
    <message>
        <source>New meeting</source>
        <translation>Neues Meeting</translation>
    </message>
    <message>
        <source>Practice room</source>
        <translation>Übungsraum</translation>
    </message>
    <message>
        <source>{title} (copy)</source>
        <translation>{title} (Kopie)</translation>
    </message>
    <message>
        <source>Moderator</source>
        <translation>Moderator</translation>
    </message>
    <message>
        <source>not set</source>
        <translation>nicht gesetzt</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>Choose a colour: {name}</source>
        <translation>Farbe wählen: {name}</translation>
    </message>
    <message>
        <source>Choose a colour, also from the screen</source>
        <translation>Farbe wählen, auch vom Bildschirm</translation>
    </message>
    <message>
        <source>Clear: {name}</source>
        <translation>Leeren: {name}</translation>
    </message>
    <message>
        <source>Not set</source>
        <translation>Nicht gesetzt</translation>
    </message>
    <message>
        <source>Problem: {text}</source>
        <translation>Problem: {text}</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Sie</translation>
    </message>
    <message>
        <source>Locks</source>
        <translation>Sperren</translation>
    </message>
    <message>
        <source>Design</source>
        <translation>Design</translation>
    </message>
    <message>
        <source>Room</source>
        <translation>Raum</translation>
    </message>
    <message>
        <source>Advanced</source>
        <translation>Erweitert</translation>
    </message>
    <message>
        <source>Chat room</source>
        <translation>Chatraum</translation>
    </message>
    <message>
        <source>You join as moderator, so none of these takes effect: the server never locks moderators. They are kept for when you change the role.</source>
        <translation>Sie treten als Moderator bei, daher wirkt keine dieser Sperren: Der Server sperrt Moderatoren nie. Ihre Auswahl bleibt erhalten, falls Sie die Rolle wechseln.</translation>
    </message>
    <message>
        <source>Each lock is left to the room unless you choose. “Allowed” opens it for you even where the room locks it.</source>
        <translation>Solange Sie nichts wählen, entscheidet bei jeder Sperre der Raum. „Erlaubt“ hebt eine Sperre für Sie auf, auch wenn der Raum sie vorgibt.</translation>
    </message>
    <message>
        <source>More about you</source>
        <translation>Mehr über Sie</translation>
    </message>
    <message>
        <source>What is sent when you join</source>
        <translation>Was beim Beitreten gesendet wird</translation>
    </message>
    <message>
        <source>The body of getJoinToken. It is signed with the API secret, which is not shown anywhere.</source>
        <translation>Der Inhalt von getJoinToken. Er wird mit dem API-Geheimnis signiert, das nirgends angezeigt wird.</translation>
    </message>
    <message>
        <source>Find a setting</source>
        <translation>Einstellung suchen</translation>
    </message>
    <message>
        <source>These settings are used when the meeting is started. A meeting that is running keeps its own.</source>
        <translation>Diese Einstellungen gelten, wenn das Meeting gestartet wird. Ein laufendes Meeting behält seine eigenen.</translation>
    </message>
    <message>
        <source>Opens and closes the group</source>
        <translation>Klappt die Gruppe auf und zu</translation>
    </message>
    <message>
        <source>What happens when you join</source>
        <translation>Was beim Beitreten geschieht</translation>
    </message>
    <message>
        <source>You enter the chat room, and it opens. The page “Chat room” shows it.</source>
        <translation>Sie betreten den Chatraum, und er öffnet sich. Die Seite „Chatraum“ zeigt ihn.</translation>
    </message>
    <message>
        <source>Fill in a room and your name, then press Join.</source>
        <translation>Geben Sie Raum und Namen ein und klicken Sie auf „Beitreten“.</translation>
    </message>
    <message>
        <source>You enter {room} as moderator {name}.</source>
        <translation>Sie betreten {room} als Moderator {name}.</translation>
    </message>
    <message>
        <source>You enter {room} as participant {name}.</source>
        <translation>Sie betreten {room} als Teilnehmer {name}.</translation>
    </message>
    <message>
        <source>The room is running, so nothing is created.</source>
        <translation>Der Raum läuft bereits, es wird also nichts angelegt.</translation>
    </message>
    <message>
        <source>The room is made on this computer; nothing leaves it.</source>
        <translation>Der Raum entsteht auf diesem Computer, und alles bleibt hier.</translation>
    </message>
    <message>
        <source>The meeting is not running: you are asked before it is started.</source>
        <translation>Das Meeting läuft nicht: Sie werden gefragt, bevor es gestartet wird.</translation>
    </message>
    <message>
        <source>“{user}” is already in this room on another device. Joining moves you here and ends it there.</source>
        <translation>„{user}“ ist bereits mit einem anderen Gerät in diesem Raum. Wenn Sie hier beitreten, verlassen Sie das Meeting dort.</translation>
    </message>
    <message>
        <source>name=text, one on a line</source>
        <translation>Name=Text, eins pro Zeile</translation>
    </message>
    <message>
        <source>Choose a server</source>
        <translation>Server wählen</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>This app</source>
        <translation>Diese App</translation>
    </message>
    <message>
        <source>Browser</source>
        <translation>Browser</translation>
    </message>
    <message>
        <source>Open in</source>
        <translation>Öffnen mit</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Wo</translation>
    </message>
    <message>
        <source>In the meeting</source>
        <translation>Im Meeting</translation>
    </message>
    <message>
        <source>Connect another server…</source>
        <translation>Weiteren Server verbinden…</translation>
    </message>
    <message>
        <source>Close without saving</source>
        <translation>Ohne Speichern schließen</translation>
    </message>
    <message>
        <source>Add this meeting?</source>
        <translation>Dieses Meeting hinzufügen?</translation>
    </message>
    <message>
        <source>A file or link would add this meeting to your list. Add it only if you know who gave it to you.</source>
        <translation>Über eine Datei oder einen Link soll dieses Meeting in Ihre Liste kommen. Fügen Sie es nur hinzu, wenn Sie wissen, von wem es stammt.</translation>
    </message>
    <message>
        <source>You already have this room as “{title}”.</source>
        <translation>Sie haben diesen Raum bereits als „{title}“.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Show the one I have</source>
        <translation>Vorhandenes anzeigen</translation>
    </message>
    <message>
        <source>Add as another one</source>
        <translation>Als weiteres hinzufügen</translation>
    </message>
    <message>
        <source>Add to my meetings</source>
        <translation>Zur Liste hinzufügen</translation>
    </message>
    <message>
        <source>You join as</source>
        <translation>Sie treten bei als</translation>
    </message>
    <message>
        <source>Participant, under your own name</source>
        <translation>Teilnehmer, unter Ihrem eigenen Namen</translation>
    </message>
    <message>
        <source>Locked for you</source>
        <translation>Für Sie gesperrt</translation>
    </message>
    <message>
        <source>Allowed for you</source>
        <translation>Für Sie erlaubt</translation>
    </message>
    <message>
        <source>{address}
connected as “{name}”</source>
        <translation>{address}
verbunden als „{name}“</translation>
    </message>
    <message>
        <source>{address}
not connected yet</source>
        <translation>{address}
noch nicht verbunden</translation>
    </message>
    <message>
        <source>1 parameter</source>
        <translation>1 Parameter</translation>
    </message>
    <message>
        <source>{count} parameters</source>
        <translation>{count} Parameter</translation>
    </message>
    <message>
        <source>{parameters}, with pictures or styles from {hosts}</source>
        <translation>{parameters}, mit Bildern oder Stylesheets von {hosts}</translation>
    </message>
    <message>
        <source>Looking at the meeting…</source>
        <translation>Meeting wird geprüft…</translation>
    </message>
    <message>
        <source>You are already in this meeting on another device.</source>
        <translation>Sie sind bereits mit einem anderen Gerät in diesem Meeting.</translation>
    </message>
    <message>
        <source>“{user}” is in the room now. If you join here, the other device leaves the meeting; for everybody else it goes on.</source>
        <translation>„{user}“ ist gerade im Raum. Wenn Sie hier beitreten, verlässt das andere Gerät das Meeting; für alle anderen geht es weiter.</translation>
    </message>
    <message>
        <source>Join here</source>
        <translation>Hier beitreten</translation>
    </message>
    <message>
        <source>“{title}” is not running.</source>
        <translation>„{title}“ läuft nicht.</translation>
    </message>
    <message>
        <source>Start it now? The settings of the page “Room” are used.</source>
        <translation>Jetzt starten? Es gelten die Einstellungen der Seite „Raum“.</translation>
    </message>
    <message>
        <source>Start the meeting</source>
        <translation>Meeting starten</translation>
    </message>
    <message>
        <source>Starting the meeting…</source>
        <translation>Meeting wird gestartet…</translation>
    </message>
    <message>
        <source>Joining…</source>
        <translation>Beitritt läuft…</translation>
    </message>
    <message>
        <source>Waiting for the browser…</source>
        <translation>Warten auf den Browser…</translation>
    </message>
    <message>
        <source>plugNmeet Launcher</source>
        <translation>plugNmeet Launcher</translation>
    </message>
    <message>
        <source>Join</source>
        <translation>Beitreten</translation>
    </message>
    <message>
        <source>Copy link…</source>
        <translation>Link kopieren…</translation>
    </message>
    <message>
        <source>Choose a meeting on the left, or make a new one.</source>
        <translation>Wählen Sie links ein Meeting oder legen Sie ein neues an.</translation>
    </message>
    <message>
        <source>Title of the meeting</source>
        <translation>Titel des Meetings</translation>
    </message>
    <message>
        <source>Your organisation has set this: {fields}.</source>
        <translation>Das hat Ihre Organisation festgelegt: {fields}.</translation>
    </message>
    <message>
        <source>It cannot be changed here. Ask whoever looks after this computer.</source>
        <translation>Hier lässt es sich nicht ändern. Fragen Sie die Person, die diesen Computer betreut.</translation>
    </message>
    <message>
        <source>Sign out {user}?</source>
        <translation>{user} abmelden?</translation>
    </message>
    <message>
        <source>The server forgets this computer. You stay in your rooms; to enter others from here, sign in again.</source>
        <translation>Der Server vergisst diesen Computer. Sie bleiben in Ihren Räumen; um von hier aus weitere zu betreten, melden Sie sich wieder an.</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Abmelden</translation>
    </message>
    <message>
        <source>Signing out…</source>
        <translation>Abmeldung läuft…</translation>
    </message>
    <message>
        <source>Signed out here, but the server could not be told.</source>
        <translation>Hier sind Sie abgemeldet, aber der Server weiß noch nichts davon.</translation>
    </message>
    <message>
        <source>It still lists this computer. Remove it there with your Matrix app.</source>
        <translation>Er führt diesen Computer noch auf. Entfernen Sie ihn dort mit Ihrer Matrix-App.</translation>
    </message>
    <message>
        <source>Matrix accounts</source>
        <translation>Matrix-Konten</translation>
    </message>
    <message>
        <source>Sign in to a Matrix account to join chat rooms from your meetings. Your password is sent to your server once and kept nowhere.</source>
        <translation>Melden Sie sich bei einem Matrix-Konto an, um aus Ihren Meetings heraus Chaträume zu betreten. Ihr Passwort wird einmal an Ihren Server gesendet und nirgends gespeichert.</translation>
    </message>
    <message>
        <source>Add an account…</source>
        <translation>Konto hinzufügen…</translation>
    </message>
    <message>
        <source>Asking your keyring…</source>
        <translation>Schlüsselbund wird abgefragt…</translation>
    </message>
    <message>
        <source>Sign in again</source>
        <translation>Erneut anmelden</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Element Web of {user}</source>
        <translation>Element Web von {user}</translation>
    </message>
    <message>
        <source>Element Web</source>
        <translation>Element Web</translation>
    </message>
    <message>
        <source>Signed in</source>
        <translation>Angemeldet</translation>
    </message>
    <message>
        <source>Signed out</source>
        <translation>Abgemeldet</translation>
    </message>
    <message>
        <source>All members can see it: room {room} on {server}. It takes the place of what is announced there now. It is no key: everybody enters as themselves.</source>
        <translation>Alle Mitglieder sehen die Ankündigung: Raum {room} auf {server}. Sie ersetzt, was dort bisher angekündigt ist. Ein Schlüssel ist sie nicht: Alle treten unter eigenem Namen bei.</translation>
    </message>
    <message>
        <source>Announce this meeting in “{name}”?</source>
        <translation>Dieses Meeting in „{name}“ ankündigen?</translation>
    </message>
    <message>
        <source>Announce</source>
        <translation>Ankündigen</translation>
    </message>
    <message>
        <source>Announce no meeting in “{name}” any more?</source>
        <translation>In „{name}“ kein Meeting mehr ankündigen?</translation>
    </message>
    <message>
        <source>Members no longer see it in this program.</source>
        <translation>Die Mitglieder sehen es in diesem Programm nicht mehr.</translation>
    </message>
    <message>
        <source>Announce nothing</source>
        <translation>Nicht mehr ankündigen</translation>
    </message>
    <message>
        <source>Post this invitation in “{name}”?</source>
        <translation>Diese Einladung an „{name}“ senden?</translation>
    </message>
    <message>
        <source>All members can read it:</source>
        <translation>Alle Mitglieder können sie lesen:</translation>
    </message>
    <message>
        <source>Post</source>
        <translation>Senden</translation>
    </message>
    <message>
        <source>The invitation was posted.</source>
        <translation>Die Einladung wurde gesendet.</translation>
    </message>
    <message>
        <source>The invitation was copied.</source>
        <translation>Die Einladung wurde kopiert.</translation>
    </message>
    <message>
        <source>This card now leads to {room} on {server}.</source>
        <translation>Dieser Eintrag führt jetzt zu {room} auf {server}.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>Chat</translation>
    </message>
    <message>
        <source>Open the chat room of this meeting</source>
        <translation>Chatraum dieses Meetings öffnen</translation>
    </message>
    <message>
        <source>Choose the account for this chat room, or sign in to one.</source>
        <translation>Wählen Sie das Konto für diesen Chatraum oder melden Sie sich bei einem an.</translation>
    </message>
    <message>
        <source>Entering the chat room…</source>
        <translation>Chatraum wird betreten…</translation>
    </message>
    <message>
        <source>This room has a meeting: {room} on {server}.</source>
        <translation>Zu diesem Raum gehört ein Meeting: {room} auf {server}.</translation>
    </message>
    <message>
        <source>Use that meeting</source>
        <translation>Meeting übernehmen</translation>
    </message>
    <message>
        <source>Show the chat room</source>
        <translation>Chatraum anzeigen</translation>
    </message>
    <message>
        <source>The chat room was opened with: {name}</source>
        <translation>Der Chatraum wurde geöffnet mit: {name}</translation>
    </message>
    <message>
        <source>Chat {room}</source>
        <translation>Chat {room}</translation>
    </message>
    <message>
        <source>Only a chat, without a video meeting</source>
        <translation>Nur Chat, ohne Videomeeting</translation>
    </message>
    <message>
        <source>A Matrix room beside the video meeting, for what is written before, during and after it.</source>
        <translation>Ein Matrix-Raum neben dem Videomeeting, für alles, was davor, währenddessen und danach geschrieben wird.</translation>
    </message>
    <message>
        <source>Opening the chat room…</source>
        <translation>Chatraum wird geöffnet…</translation>
    </message>
    <message>
        <source>The chat&apos;s page stopped working.</source>
        <translation>Die Chatseite ist abgestürzt.</translation>
    </message>
    <message>
        <source>Close this window, and open the chat room again.</source>
        <translation>Schließen Sie dieses Fenster und öffnen Sie den Chatraum erneut.</translation>
    </message>
    <message>
        <source>Invitations</source>
        <translation>Einladungen</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>Aktualisieren</translation>
    </message>
    <message>
        <source>Refresh the invitations</source>
        <translation>Einladungen aktualisieren</translation>
    </message>
    <message>
        <source>Invitations ({count})</source>
        <translation>Einladungen ({count})</translation>
    </message>
    <message>
        <source>Nobody is waiting for your answer.</source>
        <translation>Niemand wartet auf Ihre Antwort.</translation>
    </message>
    <message>
        <source>The first {count} are shown.</source>
        <translation>Die ersten {count} werden angezeigt.</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>Annehmen</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Zurückziehen</translation>
    </message>
    <message>
        <source>Decline</source>
        <translation>Ablehnen</translation>
    </message>
    <message>
        <source>You have asked to join.</source>
        <translation>Sie haben den Beitritt angefragt.</translation>
    </message>
    <message>
        <source>From {user}</source>
        <translation>Von {user}</translation>
    </message>
    <message>
        <source>Sign in to an account to see its invitations.</source>
        <translation>Melden Sie sich bei einem Konto an, um seine Einladungen zu sehen.</translation>
    </message>
    <message>
        <source>Looking for invitations…</source>
        <translation>Einladungen werden gesucht…</translation>
    </message>
    <message>
        <source>The invitations could not be loaded. {reason}</source>
        <translation>Die Einladungen konnten nicht geladen werden. {reason}</translation>
    </message>
    <message>
        <source>Look at this chat room?</source>
        <translation>Diesen Chatraum ansehen?</translation>
    </message>
    <message>
        <source>A link leads to this Matrix room. You see what it is before you join it.</source>
        <translation>Ein Link führt zu diesem Matrix-Raum. Bevor Sie beitreten, sehen Sie, was für ein Raum es ist.</translation>
    </message>
    <message>
        <source>Servers: {servers}</source>
        <translation>Server: {servers}</translation>
    </message>
    <message>
        <source>You already have this room in “{title}”.</source>
        <translation>Diesen Raum haben Sie schon in „{title}“.</translation>
    </message>
    <message>
        <source>Add and look</source>
        <translation>Hinzufügen und ansehen</translation>
    </message>
    <message>
        <source>Open matrix: links with this program</source>
        <translation>matrix:-Links mit diesem Programm öffnen</translation>
    </message>
    <message>
        <source>A link that you click elsewhere is shown here first; nothing happens before you agree.</source>
        <translation>Ein Link, den Sie anderswo anklicken, wird hier zuerst angezeigt; ohne Ihre Zustimmung passiert nichts.</translation>
    </message>
    <message>
        <source>Video meeting of this room</source>
        <translation>Videomeeting dieses Raums</translation>
    </message>
    <message>
        <source>Announce this meeting…</source>
        <translation>Dieses Meeting ankündigen…</translation>
    </message>
    <message>
        <source>Announce nothing…</source>
        <translation>Nicht mehr ankündigen…</translation>
    </message>
    <message>
        <source>Post an invitation…</source>
        <translation>Einladung senden…</translation>
    </message>
    <message>
        <source>Copy the invitation</source>
        <translation>Einladung kopieren</translation>
    </message>
    <message>
        <source>Choose a server that others can reach on the page “You” to announce a meeting here.</source>
        <translation>Um hier ein Meeting anzukündigen, wählen Sie auf der Seite „Sie“ einen Server, den andere erreichen können.</translation>
    </message>
    <message>
        <source>This room is encrypted, so this program cannot write into it. Copy the invitation and send it with your Matrix app.</source>
        <translation>Dieser Raum ist verschlüsselt, deshalb kann dieses Programm nichts hineinschreiben. Kopieren Sie die Einladung und senden Sie sie mit Ihrer Matrix-App.</translation>
    </message>
    <message>
        <source>Video meeting “{title}”: room {room} on {server}</source>
        <translation>Videomeeting „{title}“: Raum {room} auf {server}</translation>
    </message>
    <message>
        <source>With the plugNmeet Launcher: {link}</source>
        <translation>Mit dem plugNmeet Launcher: {link}</translation>
    </message>
    <message>
        <source>The room announces no video meeting.</source>
        <translation>In diesem Raum ist kein Videomeeting angekündigt.</translation>
    </message>
    <message>
        <source>The room announces this meeting. Members who use this program see it.</source>
        <translation>Dieses Meeting ist in diesem Raum angekündigt. Mitglieder, die dieses Programm nutzen, sehen es.</translation>
    </message>
    <message>
        <source>The room announces a meeting on {host}, which is none of your servers.</source>
        <translation>In diesem Raum ist ein Meeting auf {host} angekündigt. Das ist keiner Ihrer Server.</translation>
    </message>
    <message>
        <source>Why you want to join</source>
        <translation>Warum Sie beitreten möchten</translation>
    </message>
    <message>
        <source>Why you want to join (may stay empty)</source>
        <translation>Warum Sie beitreten möchten (optional)</translation>
    </message>
    <message>
        <source>Ask to join</source>
        <translation>Beitritt anfragen</translation>
    </message>
    <message>
        <source>Show the new room</source>
        <translation>Neuen Raum anzeigen</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>Verlassen</translation>
    </message>
    <message>
        <source>You are in this room</source>
        <translation>Sie sind in diesem Raum</translation>
    </message>
    <message>
        <source>Look before you join</source>
        <translation>Erst ansehen, dann beitreten</translation>
    </message>
    <message>
        <source>Open the chat</source>
        <translation>Chat öffnen</translation>
    </message>
    <message>
        <source>Join the chat</source>
        <translation>Chat beitreten</translation>
    </message>
    <message>
        <source>Waiting for an answer</source>
        <translation>Antwort steht noch aus</translation>
    </message>
    <message>
        <source>Banned</source>
        <translation>Verbannt</translation>
    </message>
    <message>
        <source>A space, which groups rooms</source>
        <translation>Ein Space, der Räume zusammenfasst</translation>
    </message>
    <message>
        <source>1 member</source>
        <translation>1 Mitglied</translation>
    </message>
    <message>
        <source>{count} members</source>
        <translation>{count} Mitglieder</translation>
    </message>
    <message>
        <source>Encrypted</source>
        <translation>Verschlüsselt</translation>
    </message>
    <message>
        <source>Not encrypted</source>
        <translation>Nicht verschlüsselt</translation>
    </message>
    <message>
        <source>This room has moved: people write in another room now.</source>
        <translation>Dieser Raum ist umgezogen: Geschrieben wird jetzt in einem anderen Raum.</translation>
    </message>
    <message>
        <source>You are invited.</source>
        <translation>Sie sind eingeladen.</translation>
    </message>
    <message>
        <source>Somebody in the room decides whether you may come in.</source>
        <translation>Jemand im Raum entscheidet, ob Sie beitreten dürfen.</translation>
    </message>
    <message>
        <source>You have asked to join. As soon as somebody lets you in, an invitation appears here.</source>
        <translation>Sie haben den Beitritt angefragt. Sobald jemand zustimmt, erscheint hier eine Einladung.</translation>
    </message>
    <message>
        <source>Ask somebody in the room to invite {user}; the invitation then appears here.</source>
        <translation>Bitten Sie jemanden im Raum, {user} einzuladen; die Einladung erscheint dann hier.</translation>
    </message>
    <message>
        <source>You were banned from this room. A moderator of the room can lift the ban.</source>
        <translation>Sie wurden aus diesem Raum verbannt. Ein Moderator des Raums kann die Verbannung aufheben.</translation>
    </message>
    <message>
        <source>Anybody may join</source>
        <translation>Offen für alle</translation>
    </message>
    <message>
        <source>One asks to join</source>
        <translation>Beitritt auf Anfrage</translation>
    </message>
    <message>
        <source>Only with an invitation</source>
        <translation>Nur auf Einladung</translation>
    </message>
    <message>
        <source>For members of certain rooms</source>
        <translation>Für Mitglieder bestimmter Räume</translation>
    </message>
    <message>
        <source>For members of certain rooms; others ask to join</source>
        <translation>Für Mitglieder bestimmter Räume; sonst auf Anfrage</translation>
    </message>
    <message>
        <source>Matrix account</source>
        <translation>Matrix-Konto</translation>
    </message>
    <message>
        <source>Choose an account</source>
        <translation>Konto wählen</translation>
    </message>
    <message>
        <source>Accounts…</source>
        <translation>Konten…</translation>
    </message>
    <message>
        <source>Address of the room</source>
        <translation>Adresse des Raums</translation>
    </message>
    <message>
        <source>#team:example.org</source>
        <translation>#team:example.org</translation>
    </message>
    <message>
        <source>Servers that know the room</source>
        <translation>Server, die den Raum kennen</translation>
    </message>
    <message>
        <source>Servers</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Servers that know the room (via). They come with a link.</source>
        <translation>Server, die den Raum kennen (via). Ein Link bringt sie mit.</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Konto</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Not signed in</source>
        <translation>Nicht angemeldet</translation>
    </message>
    <message>
        <source>Sign in…</source>
        <translation>Anmelden…</translation>
    </message>
    <message>
        <source>Element in a window of this program</source>
        <translation>Element in einem Fenster dieses Programms</translation>
    </message>
    <message>
        <source>Sign in to your Matrix account first. Then you see the room here before you join it.</source>
        <translation>Melden Sie sich zuerst bei Ihrem Matrix-Konto an. Dann sehen Sie den Raum hier, bevor Sie beitreten.</translation>
    </message>
    <message>
        <source>Looking at the room…</source>
        <translation>Raum wird abgerufen…</translation>
    </message>
    <message>
        <source>The address of the room cannot be used yet.</source>
        <translation>Diese Raumadresse ist noch nicht verwendbar.</translation>
    </message>
    <message>
        <source>Paste the address of a room or a link to it. You see here what it is before you join it.</source>
        <translation>Fügen Sie die Adresse eines Raums oder einen Link dazu ein. Bevor Sie beitreten, sehen Sie hier, was für ein Raum es ist.</translation>
    </message>
    <message>
        <source>Join all the same</source>
        <translation>Trotzdem beitreten</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Erneut abrufen</translation>
    </message>
    <message>
        <source>Joining the room…</source>
        <translation>Raum wird betreten…</translation>
    </message>
    <message>
        <source>Asking to join…</source>
        <translation>Beitritt wird angefragt…</translation>
    </message>
    <message>
        <source>Leaving the room…</source>
        <translation>Raum wird verlassen…</translation>
    </message>
    <message>
        <source>You have left the room. Without a new invitation you cannot see it.</source>
        <translation>Sie haben den Raum verlassen. Ohne neue Einladung können Sie ihn nicht sehen.</translation>
    </message>
    <message>
        <source>The server asks to wait. It is tried again in {seconds} s.</source>
        <translation>Der Server bittet um Geduld. Neuer Versuch in {seconds} s.</translation>
    </message>
    <message>
        <source>Possible again in {seconds} s.</source>
        <translation>Wieder möglich in {seconds} s.</translation>
    </message>
    <message>
        <source>Sign in to Matrix</source>
        <translation>Bei Matrix anmelden</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Use another server</source>
        <translation>Anderen Server verwenden</translation>
    </message>
    <message>
        <source>Sign in again as {user}</source>
        <translation>Erneut als {user} anmelden</translation>
    </message>
    <message>
        <source>Matrix address</source>
        <translation>Matrix-Adresse</translation>
    </message>
    <message>
        <source>@name:example.org</source>
        <translation>@name:example.org</translation>
    </message>
    <message>
        <source>Your Matrix address, or that of your server</source>
        <translation>Ihre Matrix-Adresse oder die Ihres Servers</translation>
    </message>
    <message>
        <source>Looking for the server…</source>
        <translation>Server wird gesucht…</translation>
    </message>
    <message>
        <source>Your server is {address}</source>
        <translation>Ihr Server ist {address}</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>Anmeldung läuft…</translation>
    </message>
    <message>
        <source>Sign in on the page in your browser. This window waits for it.</source>
        <translation>Melden Sie sich auf der Seite in Ihrem Browser an. Dieses Fenster wartet so lange.</translation>
    </message>
    <message>
        <source>Asking for a code…</source>
        <translation>Code wird angefordert…</translation>
    </message>
    <message>
        <source>Waiting until you have confirmed…</source>
        <translation>Warten auf Ihre Bestätigung…</translation>
    </message>
    <message>
        <source>Sign in for this session only</source>
        <translation>Nur für diese Sitzung anmelden</translation>
    </message>
    <message>
        <source>The server does not know this access token, or it was signed out. Copy it again.</source>
        <translation>Der Server kennt dieses Zugriffstoken nicht, oder es wurde abgemeldet. Kopieren Sie es erneut.</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
    <message>
        <source>Access token</source>
        <translation>Zugriffstoken</translation>
    </message>
    <message>
        <source>This server offers no way to sign in that this program knows. With an access token from your Matrix app you can still sign in.</source>
        <translation>Dieser Server bietet keine Anmeldung an, die dieses Programm kennt. Mit einem Zugriffstoken aus Ihrer Matrix-App können Sie sich trotzdem anmelden.</translation>
    </message>
    <message>
        <source>Sign in on the server&apos;s web page</source>
        <translation>Auf der Webseite des Servers anmelden</translation>
    </message>
    <message>
        <source>You confirm there that this program may use your account, in your usual browser.</source>
        <translation>Dort bestätigen Sie in Ihrem gewohnten Browser, dass dieses Programm Ihr Konto verwenden darf.</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>Benutzername</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>Continue with {name}</source>
        <translation>Weiter mit {name}</translation>
    </message>
    <message>
        <source>Sign in with the browser</source>
        <translation>Mit dem Browser anmelden</translation>
    </message>
    <message>
        <source>Your organisation&apos;s sign-in page opens in your browser.</source>
        <translation>Die Anmeldeseite Ihrer Organisation öffnet sich in Ihrem Browser.</translation>
    </message>
    <message>
        <source>Use this token</source>
        <translation>Token verwenden</translation>
    </message>
    <message>
        <source>In Element: Settings, Help &amp; About, Access Token. It cannot be renewed, and signing out here ends it there too.</source>
        <translation>In Element: Einstellungen, Hilfe und Info, Zugriffstoken. Es lässt sich nicht erneuern, und wenn Sie sich hier abmelden, wird es auch dort ungültig.</translation>
    </message>
    <message>
        <source>Use an access token instead</source>
        <translation>Stattdessen ein Zugriffstoken verwenden</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>Web page</source>
        <translation>Webseite</translation>
    </message>
    <message>
        <source>Open the page</source>
        <translation>Seite öffnen</translation>
    </message>
    <message>
        <source>Open this page on any device, and check that it shows this code:</source>
        <translation>Öffnen Sie diese Seite auf einem beliebigen Gerät und prüfen Sie, ob dort dieser Code steht:</translation>
    </message>
    <message>
        <source>Then confirm there within {minutes} min.</source>
        <translation>Bestätigen Sie dann dort innerhalb von {minutes} min.</translation>
    </message>
    <message>
        <source>Signed invitation</source>
        <translation>Signierte Einladung</translation>
    </message>
    <message>
        <source>Open a file…</source>
        <translation>Datei öffnen…</translation>
    </message>
    <message>
        <source>I have a signed invitation (JSON)</source>
        <translation>Ich habe eine signierte Einladung (JSON)</translation>
    </message>
    <message>
        <source>Signed invitation (third_party_signed)</source>
        <translation>Signierte Einladung (third_party_signed)</translation>
    </message>
    <message>
        <source>Open a signed invitation</source>
        <translation>Signierte Einladung öffnen</translation>
    </message>
    <message>
        <source>Signed invitation (*.json *.txt)</source>
        <translation>Signierte Einladung (*.json *.txt)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>it is no text</source>
        <translation>das ist kein Text</translation>
    </message>
    <message>
        <source>it is too long</source>
        <translation>zu lang</translation>
    </message>
    <message>
        <source>The file cannot be read: {reason}.</source>
        <translation>Die Datei kann nicht gelesen werden: {reason}.</translation>
    </message>
    <message>
        <source>Remember for this meeting</source>
        <translation>Für dieses Meeting merken</translation>
    </message>
    <message>
        <source>Allow</source>
        <translation>Erlauben</translation>
    </message>
    <message>
        <source>Don&apos;t allow</source>
        <translation>Nicht erlauben</translation>
    </message>
    <message>
        <source>You did not allow this meeting to use that device.</source>
        <translation>Sie haben diesem Meeting nicht erlaubt, dieses Gerät zu verwenden.</translation>
    </message>
    <message>
        <source>Allow it, then press the button in the meeting again.</source>
        <translation>Erlauben Sie es und klicken Sie dann im Meeting erneut auf die Schaltfläche.</translation>
    </message>
    <message>
        <source>May {host} use your camera?</source>
        <translation>Darf {host} Ihre Kamera verwenden?</translation>
    </message>
    <message>
        <source>May {host} use your microphone?</source>
        <translation>Darf {host} Ihr Mikrofon verwenden?</translation>
    </message>
    <message>
        <source>May {host} show you notifications?</source>
        <translation>Darf {host} Ihnen Benachrichtigungen anzeigen?</translation>
    </message>
    <message>
        <source>May {host} use your camera and microphone?</source>
        <translation>Darf {host} Ihre Kamera und Ihr Mikrofon verwenden?</translation>
    </message>
    <message>
        <source>For messages and raised hands while you are in another window.</source>
        <translation>Für Nachrichten und Handzeichen, während Sie in einem anderen Fenster arbeiten.</translation>
    </message>
    <message>
        <source>Only this meeting, and only while its window is open. The menu of the window can change it.</source>
        <translation>Nur dieses Meeting und nur, solange sein Fenster geöffnet ist. Im Menü des Fensters können Sie das ändern.</translation>
    </message>
    <message>
        <source>Join again</source>
        <translation>Erneut beitreten</translation>
    </message>
    <message>
        <source>Wait</source>
        <translation>Warten</translation>
    </message>
    <message>
        <source>Go to {host}</source>
        <translation>Weiter zu {host}</translation>
    </message>
    <message>
        <source>Loading</source>
        <translation>Wird geladen</translation>
    </message>
    <message>
        <source>download</source>
        <translation>Download</translation>
    </message>
    <message>
        <source>Save the file</source>
        <translation>Datei speichern</translation>
    </message>
    <message>
        <source>“{name}” could not be saved.</source>
        <translation>„{name}“ konnte nicht gespeichert werden.</translation>
    </message>
    <message>
        <source>“{name}” was saved.</source>
        <translation>„{name}“ wurde gespeichert.</translation>
    </message>
    <message>
        <source>the part of the program that shows web pages (QtWebEngine) is not installed</source>
        <translation>der Programmteil, der Webseiten anzeigt (QtWebEngine), ist nicht installiert</translation>
    </message>
    <message>
        <source>the part of the program that shows web pages (QtWebEngine) does not start on this system</source>
        <translation>der Programmteil, der Webseiten anzeigt (QtWebEngine), startet auf diesem System nicht</translation>
    </message>
    <message>
        <source>the program was started as root, and then web pages cannot be locked in safely</source>
        <translation>das Programm wurde als root gestartet, und dann lassen sich Webseiten nicht sicher abschotten</translation>
    </message>
    <message>
        <source>programs may not write to /dev/shm</source>
        <translation>Programme dürfen nicht in /dev/shm schreiben</translation>
    </message>
    <message>
        <source>AppArmor does not let this program lock web pages in safely</source>
        <translation>AppArmor erlaubt diesem Programm nicht, Webseiten sicher abzuschotten</translation>
    </message>
    <message>
        <source>this system does not let programs lock web pages in safely (user namespaces are switched off)</source>
        <translation>dieses System erlaubt Programmen nicht, Webseiten sicher abzuschotten (User-Namespaces sind abgeschaltet)</translation>
    </message>
    <message>
        <source>Find in the meeting</source>
        <translation>Im Meeting suchen</translation>
    </message>
    <message>
        <source>Previous</source>
        <translation>Vorheriges</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Nächstes</translation>
    </message>
    <message>
        <source>{number} of {count}</source>
        <translation>{number} von {count}</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>Nicht gefunden</translation>
    </message>
    <message>
        <source>The others stay in the meeting. You can join again at any time.</source>
        <translation>Die anderen bleiben im Meeting. Sie können jederzeit erneut beitreten.</translation>
    </message>
    <message>
        <source>If you leave, the others stay in the meeting. If you end it, it is over for everyone.</source>
        <translation>Wenn Sie das Meeting verlassen, bleiben die anderen darin. Wenn Sie es beenden, ist es für alle vorbei.</translation>
    </message>
    <message>
        <source>End for everyone</source>
        <translation>Für alle beenden</translation>
    </message>
    <message>
        <source>Leave “{title}”?</source>
        <translation>„{title}“ verlassen?</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>Bleiben</translation>
    </message>
    <message>
        <source>Leave “{title}” and quit?</source>
        <translation>„{title}“ verlassen und Programm beenden?</translation>
    </message>
    <message>
        <source>Leave {count} meetings and quit?</source>
        <translation>{count} Meetings verlassen und Programm beenden?</translation>
    </message>
    <message>
        <source>All windows of this program close. The others stay in the meeting.</source>
        <translation>Alle Fenster dieses Programms werden geschlossen. Die anderen bleiben im Meeting.</translation>
    </message>
    <message>
        <source>Leave and quit</source>
        <translation>Verlassen und beenden</translation>
    </message>
    <message>
        <source>This server sends pictures as H.264, which this window cannot show.</source>
        <translation>Dieser Server überträgt Bilder im Format H.264, das dieses Fenster nicht anzeigen kann.</translation>
    </message>
    <message>
        <source>Cameras and shared screens of the others may stay black here. Your browser shows them.</source>
        <translation>Kameras und freigegebene Bildschirme der anderen bleiben hier möglicherweise schwarz. Ihr Browser zeigt sie an.</translation>
    </message>
    <message>
        <source>A video of this meeting cannot be played in this window.</source>
        <translation>Ein Video dieses Meetings kann in diesem Fenster nicht abgespielt werden.</translation>
    </message>
    <message>
        <source>Mostly that is an MP4 video: they are made with H.264, which your browser knows.</source>
        <translation>Meist ist das ein MP4-Video: Solche Videos verwenden H.264, und das beherrscht Ihr Browser.</translation>
    </message>
    <message>
        <source>The part of this program that shows web pages is {count} days old.</source>
        <translation>Der Programmteil, der Webseiten anzeigt, ist {count} Tage alt.</translation>
    </message>
    <message>
        <source>Newer protection is missing in it. Look for a newer version of this program, or use your browser.</source>
        <translation>Neuere Sicherheitsupdates fehlen darin. Suchen Sie nach einer neueren Version dieses Programms oder verwenden Sie Ihren Browser.</translation>
    </message>
    <message>
        <source>Move to the browser</source>
        <translation>In den Browser wechseln</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stoppen</translation>
    </message>
    <message>
        <source>You are sharing {what}</source>
        <translation>Sie geben {what} frei</translation>
    </message>
    <message>
        <source>See it as an attendee too</source>
        <translation>Auch als Teilnehmer ansehen</translation>
    </message>
    <message>
        <source>See it as a moderator too</source>
        <translation>Auch als Moderator ansehen</translation>
    </message>
    <message>
        <source>Find…</source>
        <translation>Suchen…</translation>
    </message>
    <message>
        <source>Size of the page</source>
        <translation>Zoom</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>Vergrößern</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>Verkleinern</translation>
    </message>
    <message>
        <source>As it was made</source>
        <translation>Originalgröße</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Vollbild</translation>
    </message>
    <message>
        <source>Keep on top</source>
        <translation>Immer im Vordergrund</translation>
    </message>
    <message>
        <source>This meeting may use</source>
        <translation>Meeting darf verwenden</translation>
    </message>
    <message>
        <source>Check camera and sound…</source>
        <translation>Kamera und Ton prüfen…</translation>
    </message>
    <message>
        <source>About this window…</source>
        <translation>Über dieses Fenster…</translation>
    </message>
    <message>
        <source>Leave…</source>
        <translation>Verlassen…</translation>
    </message>
    <message>
        <source>Ask me again</source>
        <translation>Wieder nachfragen</translation>
    </message>
    <message>
        <source>Opening “{title}”…</source>
        <translation>„{title}“ wird geöffnet…</translation>
    </message>
    <message>
        <source>A meeting is going on</source>
        <translation>Ein Meeting läuft</translation>
    </message>
    <message>
        <source>Now put the two windows beside each other.</source>
        <translation>Ordnen Sie die beiden Fenster nun nebeneinander an.</translation>
    </message>
    <message>
        <source>Your desktop leaves that to you: press Windows key + ← here, and Windows key + → in the other window.</source>
        <translation>Ihre Arbeitsumgebung überlässt das Ihnen: Drücken Sie hier Windows-Taste + ← und im anderen Fenster Windows-Taste + →.</translation>
    </message>
    <message>
        <source>The meeting closed its window.</source>
        <translation>Das Meeting hat sein Fenster geschlossen.</translation>
    </message>
    <message>
        <source>You are no longer in this meeting.</source>
        <translation>Sie sind nicht mehr in diesem Meeting.</translation>
    </message>
    <message>
        <source>The meeting wants to lead you to {host}.</source>
        <translation>Das Meeting möchte Sie zu {host} weiterleiten.</translation>
    </message>
    <message>
        <source>Mostly that means that it is over.</source>
        <translation>Meist bedeutet das, dass es zu Ende ist.</translation>
    </message>
    <message>
        <source>The meeting&apos;s page stopped working again and again.</source>
        <translation>Die Meetingseite ist immer wieder abgestürzt.</translation>
    </message>
    <message>
        <source>Another try is not likely to help. Open the meeting in your browser.</source>
        <translation>Ein weiterer Versuch hilft vermutlich nicht. Öffnen Sie das Meeting in Ihrem Browser.</translation>
    </message>
    <message>
        <source>The meeting&apos;s page stopped working.</source>
        <translation>Die Meetingseite ist abgestürzt.</translation>
    </message>
    <message>
        <source>You are no longer in the meeting. Join again, or open it in your browser.</source>
        <translation>Sie sind nicht mehr im Meeting. Treten Sie erneut bei oder öffnen Sie es in Ihrem Browser.</translation>
    </message>
    <message>
        <source>Show the folder</source>
        <translation>Ordner anzeigen</translation>
    </message>
    <message>
        <source>The computer was asleep, for about {minutes} min.</source>
        <translation>Der Computer war etwa {minutes} min im Ruhezustand.</translation>
    </message>
    <message>
        <source>The network is back.</source>
        <translation>Das Netzwerk ist wieder da.</translation>
    </message>
    <message>
        <source>If the meeting does not go on by itself, join again.</source>
        <translation>Falls das Meeting nicht von selbst weitergeht, treten Sie erneut bei.</translation>
    </message>
    <message>
        <source>Show the meeting</source>
        <translation>Meeting anzeigen</translation>
    </message>
    <message>
        <source>an unknown time</source>
        <translation>zu einem unbekannten Zeitpunkt</translation>
    </message>
    <message>
        <source>The link was copied. It is a key: until {time}, whoever has it enters as {name}.</source>
        <translation>Der Link wurde kopiert. Er ist ein Schlüssel: Wer ihn hat, kommt bis {time} als {name} hinein.</translation>
    </message>
    <message>
        <source>It is so long that the server may refuse it: clear some values of the design.</source>
        <translation>Er ist so lang, dass der Server ihn ablehnen könnte: Leeren Sie einige Werte des Designs.</translation>
    </message>
    <message>
        <source>Give it only to the person it is meant for.</source>
        <translation>Geben Sie ihn nur der Person, für die er bestimmt ist.</translation>
    </message>
    <message>
        <source>Opening a room…</source>
        <translation>Raum wird geöffnet…</translation>
    </message>
    <message>
        <source>This window cannot share your screen here.</source>
        <translation>Dieses Fenster kann Ihren Bildschirm hier nicht freigeben.</translation>
    </message>
    <message>
        <source>Your desktop uses Wayland, for which the program&apos;s web engine is not made. Your browser can share it.</source>
        <translation>Ihre Arbeitsumgebung nutzt Wayland, und dafür ist die Web-Engine des Programms nicht gemacht. Ihr Browser kann den Bildschirm freigeben.</translation>
    </message>
    <message>
        <source>your screen</source>
        <translation>Ihren Bildschirm</translation>
    </message>
    <message>
        <source>No camera or microphone was found.</source>
        <translation>Keine Kamera und kein Mikrofon gefunden.</translation>
    </message>
    <message>
        <source>Plug one in, then press the button in the meeting again, or join as a listener.</source>
        <translation>Schließen Sie ein Gerät an und klicken Sie dann im Meeting erneut auf die Schaltfläche, oder treten Sie als Zuhörer bei.</translation>
    </message>
    <message>
        <source>The camera or microphone is in use by another program.</source>
        <translation>Die Kamera oder das Mikrofon wird gerade von einem anderen Programm verwendet.</translation>
    </message>
    <message>
        <source>Close that program, then press the button in the meeting again.</source>
        <translation>Schließen Sie dieses Programm und klicken Sie dann im Meeting erneut auf die Schaltfläche.</translation>
    </message>
    <message>
        <source>The chosen camera or microphone is not there any more.</source>
        <translation>Die gewählte Kamera oder das gewählte Mikrofon ist nicht mehr da.</translation>
    </message>
    <message>
        <source>Choose another one in the meeting&apos;s settings.</source>
        <translation>Wählen Sie in den Einstellungen des Meetings ein anderes Gerät.</translation>
    </message>
    <message>
        <source>The meeting&apos;s page does not respond.</source>
        <translation>Die Meetingseite reagiert nicht.</translation>
    </message>
    <message>
        <source>You can wait for it. The others may not hear or see you meanwhile.</source>
        <translation>Sie können warten. Die anderen hören oder sehen Sie so lange vielleicht nicht.</translation>
    </message>
    <message>
        <source>Size of the page: {percent} %</source>
        <translation>Zoom: {percent}&#xa0;%</translation>
    </message>
    <message>
        <source>{place} was opened in your browser</source>
        <translation>{place} wurde in Ihrem Browser geöffnet</translation>
    </message>
    <message>
        <source>Close this window, and enter the room again from the meeting.</source>
        <translation>Schließen Sie dieses Fenster und betreten Sie den Raum vom Meeting aus erneut.</translation>
    </message>
    <message>
        <source>Press Esc to leave full screen</source>
        <translation>Vollbild mit Esc beenden</translation>
    </message>
    <message>
        <source>Share your screen</source>
        <translation>Bildschirm freigeben</translation>
    </message>
    <message>
        <source>Screens</source>
        <translation>Bildschirme</translation>
    </message>
    <message>
        <source>Windows</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>Search by title</source>
        <translation>Nach Titel suchen</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>Freigeben</translation>
    </message>
    <message>
        <source>What may the others see?</source>
        <translation>Was dürfen die anderen sehen?</translation>
    </message>
    <message>
        <source>They see it until you stop, with everything that appears in it.</source>
        <translation>Die anderen sehen es mit allem, was darin erscheint, bis Sie die Freigabe stoppen.</translation>
    </message>
    <message>
        <source>No window has these words in its title.</source>
        <translation>Kein Fenster hat diese Wörter im Titel.</translation>
    </message>
    <message>
        <source>Your system shows no window to this program. Allow it in the system&apos;s settings, under “Privacy &amp; Security”, “Screen Recording”, and open the meeting again.</source>
        <translation>Ihr System zeigt diesem Programm keine Fenster. Erlauben Sie es in den Systemeinstellungen unter „Datenschutz &amp; Sicherheit“, „Bildschirmaufnahme“, und öffnen Sie das Meeting erneut.</translation>
    </message>
    <message>
        <source>No window is open that could be shared. A window that is minimised cannot be seen: restore it, and it appears here.</source>
        <translation>Es ist kein Fenster geöffnet, das Sie freigeben könnten. Minimierte Fenster sind nicht zu sehen: Stellen Sie eines wieder her, dann erscheint es hier.</translation>
    </message>
    <message>
        <source>“{title}”</source>
        <translation>„{title}“</translation>
    </message>
    <message>
        <source>{title} (this program)</source>
        <translation>{title} (dieses Programm)</translation>
    </message>
    <message>
        <source>{name} (attendee)</source>
        <translation>{name} (Teilnehmer)</translation>
    </message>
    <message>
        <source>{name} (moderator)</source>
        <translation>{name} (Moderator)</translation>
    </message>
    <message>
        <source>About this window</source>
        <translation>Über dieses Fenster</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Wird geprüft…</translation>
    </message>
    <message>
        <source>Your browser can do that.</source>
        <translation>Ihr Browser kann das.</translation>
    </message>
    <message>
        <source>What it cannot do</source>
        <translation>Was es nicht kann</translation>
    </message>
    <message>
        <source>Locked in: the page sees no files, no other meeting, and a device only when you allow it</source>
        <translation>Abgeschottet: Die Seite sieht keine Dateien, kein anderes Meeting und ein Gerät nur, wenn Sie es erlauben</translation>
    </message>
    <message>
        <source>Nothing of the meeting stays on this computer but the files you save</source>
        <translation>Vom Meeting bleiben auf diesem Computer nur die Dateien, die Sie speichern</translation>
    </message>
    <message>
        <source>Protection</source>
        <translation>Schutz</translation>
    </message>
    <message>
        <source>Afterwards</source>
        <translation>Danach</translation>
    </message>
    <message>
        <source>Play videos in H.264, such as shared MP4 files.</source>
        <translation>Videos in H.264 abspielen, etwa freigegebene MP4-Dateien.</translation>
    </message>
    <message>
        <source>Lift a video out into a small window of its own (picture in picture).</source>
        <translation>Ein Video in ein eigenes kleines Fenster auslagern (Bild-im-Bild).</translation>
    </message>
    <message>
        <source>Nothing that is known: it can do what your browser can.</source>
        <translation>Nichts bekannt: Es kann, was Ihr Browser kann.</translation>
    </message>
    <message>
        <source>Meetings</source>
        <translation>Meetings</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Your meetings will be listed here. Make the first one with “New meeting”.</source>
        <translation>Hier erscheinen Ihre Meetings. Legen Sie das erste mit „Neues Meeting“ an.</translation>
    </message>
    <message>
        <source>No meeting has these words.</source>
        <translation>Kein Meeting enthält diese Wörter.</translation>
    </message>
    <message>
        <source>Join in both roles, side by side</source>
        <translation>In beiden Rollen beitreten, nebeneinander</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>Lösen</translation>
    </message>
    <message>
        <source>Pin to the top</source>
        <translation>Oben anheften</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>Duplizieren</translation>
    </message>
    <message>
        <source>Save as a file for others…</source>
        <translation>Als Datei für andere speichern…</translation>
    </message>
    <message>
        <source>running, people in the room: {count}</source>
        <translation>läuft, Personen im Raum: {count}</translation>
    </message>
    <message>
        <source>not running</source>
        <translation>läuft nicht</translation>
    </message>
    <message>
        <source>Pinned</source>
        <translation>Angeheftet</translation>
    </message>
    <message>
        <source>All meetings</source>
        <translation>Alle Meetings</translation>
    </message>
    <message>
        <source>Something went wrong in this program</source>
        <translation>In diesem Programm ist ein Fehler aufgetreten</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Bericht</translation>
    </message>
    <message>
        <source>Copy the report</source>
        <translation>Bericht kopieren</translation>
    </message>
    <message>
        <source>This is a fault of the program, not yours. What you typed is still there, and you can go on. Please send this report to whoever looks after the program; it holds no secret and no link.</source>
        <translation>Der Fehler liegt am Programm, nicht an Ihnen. Ihre Eingaben sind noch da, und Sie können weiterarbeiten. Bitte senden Sie diesen Bericht an die Person, die das Programm betreut; er enthält kein Geheimnis und keinen Link.</translation>
    </message>
    <message>
        <source>Save the meeting as a file</source>
        <translation>Meeting als Datei speichern</translation>
    </message>
    <message>
        <source>Meeting file (*{suffix})</source>
        <translation>Meetingdatei (*{suffix})</translation>
    </message>
    <message>
        <source>The meeting was saved as {path}. It holds no key, no secret and no link to join.</source>
        <translation>Das Meeting wurde unter {path} gespeichert. Die Datei enthält keinen Schlüssel, kein Geheimnis und keinen Beitrittslink.</translation>
    </message>
    <message>
        <source>This meeting is on {address}, which is not connected yet.</source>
        <translation>Dieses Meeting liegt auf {address}. Mit diesem Server sind Sie noch nicht verbunden.</translation>
    </message>
    <message>
        <source>Ask the owner of that server for an API key and its secret, then connect it.</source>
        <translation>Bitten Sie den Betreiber um API-Schlüssel und API-Geheimnis und verbinden Sie dann den Server.</translation>
    </message>
    <message>
        <source>Connect…</source>
        <translation>Verbinden…</translation>
    </message>
    <message>
        <source>not checked yet</source>
        <translation>noch nicht geprüft</translation>
    </message>
    <message>
        <source>Connection check</source>
        <translation>Verbindungsprüfung</translation>
    </message>
    <message>
        <source>API secret</source>
        <translation>API-Geheimnis</translation>
    </message>
    <message>
        <source>For this session only</source>
        <translation>Nur für diese Sitzung</translation>
    </message>
    <message>
        <source>Looking for your keyring…</source>
        <translation>Schlüsselbund wird gesucht…</translation>
    </message>
    <message>
        <source>Use this secret</source>
        <translation>Geheimnis verwenden</translation>
    </message>
    <message>
        <source>API secret of {name}</source>
        <translation>API-Geheimnis von {name}</translation>
    </message>
    <message>
        <source>It is kept in {keyring}, never in a file.</source>
        <translation>Hier wird es aufbewahrt, nie in einer Datei: {keyring}.</translation>
    </message>
    <message>
        <source>No keyring is at hand, so the secret is forgotten when the program ends.</source>
        <translation>Es ist kein Schlüsselbund verfügbar, daher wird das Geheimnis vergessen, sobald das Programm endet.</translation>
    </message>
    <message>
        <source>Fingerprint {code}: compare it with your administrator&apos;s.</source>
        <translation>Fingerabdruck {code}: Vergleichen Sie ihn mit dem Ihres Administrators.</translation>
    </message>
    <message>
        <source>Blanks before and after it were removed: {count}.</source>
        <translation>Leerzeichen am Anfang und Ende wurden entfernt ({count}).</translation>
    </message>
    <message>
        <source>{name}: settings…</source>
        <translation>{name}: Einstellungen…</translation>
    </message>
    <message>
        <source>“{name}” was removed, and its secret deleted from the keyring.</source>
        <translation>„{name}“ wurde entfernt und das Geheimnis aus dem Schlüsselbund gelöscht.</translation>
    </message>
    <message>
        <source>Connect a server</source>
        <translation>Server verbinden</translation>
    </message>
    <message>
        <source>Check and save</source>
        <translation>Prüfen und speichern</translation>
    </message>
    <message>
        <source>Save anyway</source>
        <translation>Trotzdem speichern</translation>
    </message>
    <message>
        <source>Remove this server</source>
        <translation>Server entfernen</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>Erneut prüfen</translation>
    </message>
    <message>
        <source>Save for this session only</source>
        <translation>Nur für diese Sitzung speichern</translation>
    </message>
    <message>
        <source>Remove “{name}”?</source>
        <translation>„{name}“ entfernen?</translation>
    </message>
    <message>
        <source>Its secret is deleted from the keyring. Meetings on it stay in the list and need another server.</source>
        <translation>Das Geheimnis wird aus dem Schlüsselbund gelöscht. Meetings auf diesem Server bleiben in der Liste und brauchen einen anderen.</translation>
    </message>
    <message>
        <source>API key</source>
        <translation>API-Schlüssel</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>as shown in the list; may stay empty</source>
        <translation>wie in der Liste angezeigt; kann leer bleiben</translation>
    </message>
    <message>
        <source>Page address</source>
        <translation>Seitenadresse</translation>
    </message>
    <message>
        <source>only if meetings open somewhere else</source>
        <translation>nur, wenn Meetings woanders geöffnet werden</translation>
    </message>
    <message>
        <source>Certificate file</source>
        <translation>Zertifikatsdatei</translation>
    </message>
    <message>
        <source>only for certificates of your organisation</source>
        <translation>nur für Zertifikate Ihrer Organisation</translation>
    </message>
    <message>
        <source>More settings</source>
        <translation>Mehr Einstellungen</translation>
    </message>
    <message>
        <source>unchanged: it is in your keyring</source>
        <translation>unverändert: in Ihrem Schlüsselbund</translation>
    </message>
    <message>
        <source>Copy the key from the server&apos;s config.yaml (client → api_key).</source>
        <translation>Kopieren Sie den Schlüssel aus der config.yaml des Servers (client → api_key).</translation>
    </message>
    <message>
        <source>This cannot be a secret. Copy it again from the server&apos;s config.yaml (client → secret).</source>
        <translation>Das kann kein Geheimnis sein. Kopieren Sie es noch einmal aus der config.yaml des Servers (client → secret).</translation>
    </message>
    <message>
        <source>Type the API secret of this key. It is in the server&apos;s config.yaml (client → secret).</source>
        <translation>Geben Sie das API-Geheimnis zu diesem Schlüssel ein. Es steht in der config.yaml des Servers (client → secret).</translation>
    </message>
    <message>
        <source>{video} and {chat}</source>
        <translation>{video} und {chat}</translation>
    </message>
    <message>
        <source>Practice server</source>
        <translation>Übungsserver</translation>
    </message>
    <message>
        <source>No server chosen</source>
        <translation>Kein Server gewählt</translation>
    </message>
    <message>
        <source>No server connected</source>
        <translation>Kein Server verbunden</translation>
    </message>
    <message>
        <source>Connect yours here</source>
        <translation>Hier eigenen verbinden</translation>
    </message>
    <message>
        <source>1 server connected</source>
        <translation>1 Server verbunden</translation>
    </message>
    <message>
        <source>{count} servers connected</source>
        <translation>{count} Server verbunden</translation>
    </message>
    <message>
        <source>Secrets in your system&apos;s keyring</source>
        <translation>Geheimnisse im Schlüsselbund</translation>
    </message>
    <message>
        <source>“{title}” was deleted.</source>
        <translation>„{title}“ wurde gelöscht.</translation>
    </message>
    <message>
        <source>a chat room</source>
        <translation>ein Chatraum</translation>
    </message>
    <message>
        <source>Secret not available</source>
        <translation>Geheimnis nicht verfügbar</translation>
    </message>
    <message>
        <source>Not reachable</source>
        <translation>Nicht erreichbar</translation>
    </message>
    <message>
        <source>Not running</source>
        <translation>Läuft nicht</translation>
    </message>
    <message>
        <source>1 person</source>
        <translation>1 Person</translation>
    </message>
    <message>
        <source>{count} people</source>
        <translation>{count} Personen</translation>
    </message>
    <message>
        <source>Running · {people}</source>
        <translation>Läuft · {people}</translation>
    </message>
    <message>
        <source>Running since {time} · {people}</source>
        <translation>Läuft seit {time} · {people}</translation>
    </message>
    <message>
        <source>Search meetings</source>
        <translation>Meetings durchsuchen</translation>
    </message>
    <message>
        <source>+ New meeting</source>
        <translation>+ Neues Meeting</translation>
    </message>
    <message>
        <source>not loaded yet</source>
        <translation>noch nicht geladen</translation>
    </message>
    <message>
        <source>loading…</source>
        <translation>wird geladen…</translation>
    </message>
    <message>
        <source>✕ The meeting cannot show it</source>
        <translation>✕ Im Meeting nicht darstellbar</translation>
    </message>
    <message>
        <source>✓ Works, but could be better</source>
        <translation>✓ Funktioniert, könnte aber besser sein</translation>
    </message>
    <message>
        <source>✓ Works</source>
        <translation>✓ Funktioniert</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>Problem</translation>
    </message>
    <message>
        <source>Advice</source>
        <translation>Tipp</translation>
    </message>
    <message>
        <source>{width} × {height} pixels</source>
        <translation>{width} × {height} Pixel</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>This design</source>
        <translation>Dieses Design</translation>
    </message>
    <message>
        <source>The logo on the header: {ground}</source>
        <translation>Logo in der Kopfzeile: {ground}</translation>
    </message>
    <message>
        <source>The background picture as it fills a room of 16:9</source>
        <translation>Das Hintergrundbild in einem Raum im Format 16:9</translation>
    </message>
    <message>
        <source>Brand colour</source>
        <translation>Markenfarbe</translation>
    </message>
    <message>
        <source>Open a picture…</source>
        <translation>Bild öffnen…</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>Einfügen</translation>
    </message>
    <message>
        <source>Paste a picture</source>
        <translation>Bild einfügen</translation>
    </message>
    <message>
        <source>PNG, JPEG or WebP. You can also drop it into this window.</source>
        <translation>PNG, JPEG oder WebP. Sie können das Bild auch in dieses Fenster ziehen.</translation>
    </message>
    <message>
        <source>Or take it from a picture</source>
        <translation>Oder aus einem Bild übernehmen</translation>
    </message>
    <message>
        <source>Open a picture</source>
        <translation>Bild öffnen</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>There is no picture in the clipboard. Copy one, or open a file.</source>
        <translation>In der Zwischenablage ist kein Bild. Kopieren Sie eines oder öffnen Sie eine Datei.</translation>
    </message>
    <message>
        <source>This cannot be opened: nothing is loaded from other computers. Save the picture first.</source>
        <translation>Das lässt sich nicht öffnen: Von anderen Computern wird nichts geladen. Speichern Sie das Bild zuerst bei sich.</translation>
    </message>
    <message>
        <source>the picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Looking for the colours of {name}…</source>
        <translation>Farben werden gesucht ({name})…</translation>
    </message>
    <message>
        <source>Colours of {name}, the strongest first:</source>
        <translation>Gefundene Farben ({name}), die wichtigste zuerst:</translation>
    </message>
    <message>
        <source>Colour {number} of {count}: {color}</source>
        <translation>Farbe {number} von {count}: {color}</translation>
    </message>
    <message>
        <source>Contrast: no colours set yet</source>
        <translation>Kontrast: noch keine Farben festgelegt</translation>
    </message>
    <message>
        <source>Contrast: your colours can be read</source>
        <translation>Kontrast: Ihre Farben sind gut lesbar</translation>
    </message>
    <message>
        <source>plugNmeet&apos;s own look: 1 pair fails. A design can mend it.</source>
        <translation>Standardfarben von plugNmeet: 1 Farbpaar zu schwach. Ein Design kann das beheben.</translation>
    </message>
    <message>
        <source>plugNmeet&apos;s own look: {count} pairs fail. A design can mend them.</source>
        <translation>Standardfarben von plugNmeet: {count} Farbpaare zu schwach. Ein Design kann das beheben.</translation>
    </message>
    <message>
        <source>Pairs that reach AAA: {best}, and AA: {good}.</source>
        <translation>Farbpaare, die AAA erreichen: {best}, und AA: {good}.</translation>
    </message>
    <message>
        <source>1 fails in plugNmeet itself, whatever the design.</source>
        <translation>1 bleibt in plugNmeet bei jedem Design darunter.</translation>
    </message>
    <message>
        <source>{count} fail in plugNmeet itself, whatever the design.</source>
        <translation>{count} bleiben in plugNmeet bei jedem Design darunter.</translation>
    </message>
    <message>
        <source>Contrast: all {pairs} pairs pass</source>
        <translation>Kontrast: bei allen {pairs} Farbpaaren ausreichend</translation>
    </message>
    <message>
        <source>Contrast: 1 of {pairs} pairs fails</source>
        <translation>Kontrast: bei 1 von {pairs} Farbpaaren zu gering</translation>
    </message>
    <message>
        <source>Contrast: {count} of {pairs} pairs fail</source>
        <translation>Kontrast: bei {count} von {pairs} Farbpaaren zu gering</translation>
    </message>
    <message>
        <source>All pairs of colours</source>
        <translation>Alle Farbpaare</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>Stufe</translation>
    </message>
    <message>
        <source>Fix</source>
        <translation>Beheben</translation>
    </message>
    <message>
        <source>{front} on {ground}</source>
        <translation>{front} auf {ground}</translation>
    </message>
    <message>
        <source>fails</source>
        <translation>zu gering</translation>
    </message>
    <message>
        <source>AA needs {ratio} : 1 here.</source>
        <translation>AA verlangt hier {ratio} : 1.</translation>
    </message>
    <message>
        <source>Fix: {name}</source>
        <translation>Beheben: {name}</translation>
    </message>
    <message>
        <source>Pictures and style sheet</source>
        <translation>Bilder und Stylesheet</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>not checked</source>
        <translation>nicht geprüft</translation>
    </message>
    <message>
        <source>A picture that fills the room between header and footer. 1920 × 1080 pixels are enough; it shows in light mode only.</source>
        <translation>Ein Bild, das den Raum zwischen Kopf- und Fußzeile füllt. 1920 × 1080 Pixel genügen; es erscheint nur im hellen Modus.</translation>
    </message>
    <message>
        <source>Your own logo in the room&apos;s header, at most 120 × 45 pixels. It stands on light and on dark, so a PNG or SVG with a transparent ground is best.</source>
        <translation>Ihr eigenes Logo in der Kopfzeile des Raums, höchstens 120 × 45 Pixel. Es steht auf hellem und auf dunklem Grund, daher eignet sich ein PNG oder SVG mit transparentem Hintergrund am besten.</translation>
    </message>
    <message>
        <source>Your own CSS, for all that the other parameters cannot reach: dark mode, fonts, or hidden parts.</source>
        <translation>Ihr eigenes CSS für alles, was die anderen Parameter nicht ändern können: dunkler Modus, Schriften oder ausgeblendete Teile.</translation>
    </message>
    <message>
        <source>Background picture</source>
        <translation>Hintergrundbild</translation>
    </message>
    <message>
        <source>Style sheet</source>
        <translation>Stylesheet</translation>
    </message>
    <message>
        <source>This design names no picture and no style sheet, so there is nothing to check. This is what they would be good for:</source>
        <translation>Dieses Design enthält weder Bilder noch ein Stylesheet, es gibt also nichts zu prüfen. Dafür wären sie gut:</translation>
    </message>
    <message>
        <source>None of these addresses can be used, so nothing will be loaded. “Check” tells you why.</source>
        <translation>Keine dieser Adressen lässt sich verwenden, daher wird nichts geladen. „Prüfen“ nennt den Grund.</translation>
    </message>
    <message>
        <source>Nothing has been loaded yet. “Check” loads these files from {hosts}; nothing about you is sent along, but as with every web page your IP address can be seen there.</source>
        <translation>Noch wurde nichts geladen. „Prüfen“ lädt diese Dateien von {hosts}. Dabei werden keine Angaben über Sie gesendet; wie bei jeder Webseite ist dort aber Ihre IP-Adresse sichtbar.</translation>
    </message>
    <message>
        <source>Loaded just now from {hosts}.</source>
        <translation>Soeben geladen von {hosts}.</translation>
    </message>
    <message>
        <source>Nothing was loaded.</source>
        <translation>Es wurde nichts geladen.</translation>
    </message>
    <message>
        <source>Save this meeting&apos;s design as…</source>
        <translation>Design dieses Meetings speichern unter…</translation>
    </message>
    <message>
        <source>Choose a design on the left.</source>
        <translation>Wählen Sie links ein Design aus.</translation>
    </message>
    <message>
        <source>Save a design here under a name, and every meeting can use it. Each time you save it again, its earlier state is kept, so you can go back.</source>
        <translation>Speichern Sie hier ein Design unter einem Namen, um es in jedem Meeting zu verwenden. Bei jedem weiteren Speichern bleibt der vorherige Stand erhalten, sodass Sie zu ihm zurückkehren können.</translation>
    </message>
    <message>
        <source>This meeting has no design yet. Set a colour first, then come back to save it.</source>
        <translation>Dieses Meeting hat noch kein Design. Legen Sie zuerst eine Farbe fest und speichern Sie es dann hier.</translation>
    </message>
    <message>
        <source>No design is saved yet</source>
        <translation>Noch ist kein Design gespeichert</translation>
    </message>
    <message>
        <source>Compare the two…</source>
        <translation>Beide vergleichen…</translation>
    </message>
    <message>
        <source>Compare with this meeting…</source>
        <translation>Mit diesem Meeting vergleichen…</translation>
    </message>
    <message>
        <source>Counting the contrast…</source>
        <translation>Kontrast wird berechnet…</translation>
    </message>
    <message>
        <source>Compare two designs</source>
        <translation>Zwei Designs vergleichen</translation>
    </message>
    <message>
        <source>Show the equal values too</source>
        <translation>Auch gleiche Werte anzeigen</translation>
    </message>
    <message>
        <source>Values of both designs</source>
        <translation>Werte beider Designs</translation>
    </message>
    <message>
        <source>Both designs have the same values.</source>
        <translation>Beide Designs haben dieselben Werte.</translation>
    </message>
    <message>
        <source>1 parameter differs</source>
        <translation>1 Parameter unterscheidet sich</translation>
    </message>
    <message>
        <source>{count} parameters differ</source>
        <translation>{count} Parameter unterscheiden sich</translation>
    </message>
    <message>
        <source>Fix all</source>
        <translation>Alle beheben</translation>
    </message>
    <message>
        <source>Fix plugNmeet&apos;s own look</source>
        <translation>Beheben: Standardfarben von plugNmeet</translation>
    </message>
    <message>
        <source>And {count} more.</source>
        <translation>Und noch {count} mehr.</translation>
    </message>
    <message>
        <source>Show fewer</source>
        <translation>Weniger anzeigen</translation>
    </message>
    <message>
        <source>Show all {count}</source>
        <translation>Alle {count} anzeigen</translation>
    </message>
    <message>
        <source>No tone of these colours mends this without breaking another pair.</source>
        <translation>Keine Abstufung dieser Farben behebt das, ohne ein anderes Farbpaar zu verschlechtern.</translation>
    </message>
    <message>
        <source>Name of the design</source>
        <translation>Name des Designs</translation>
    </message>
    <message>
        <source>Click or press F2 to rename it</source>
        <translation>Zum Umbenennen klicken oder F2 drücken</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Add a note</source>
        <translation>Notiz hinzufügen</translation>
    </message>
    <message>
        <source>Save a new version…</source>
        <translation>Neue Version speichern…</translation>
    </message>
    <message>
        <source>{count} of {all} values set</source>
        <translation>{count} von {all} Werten gesetzt</translation>
    </message>
    <message>
        <source>This meeting has no other design to save.</source>
        <translation>Dieses Meeting hat kein abweichendes Design.</translation>
    </message>
    <message>
        <source>Save this meeting&apos;s design as its new version</source>
        <translation>Design dieses Meetings als neue Version speichern</translation>
    </message>
    <message>
        <source>Saved {time}.</source>
        <translation>Gespeichert am {time}.</translation>
    </message>
    <message>
        <source>No meeting has this design now.</source>
        <translation>Derzeit hat kein Meeting dieses Design.</translation>
    </message>
    <message>
        <source>{titles} and {count} more</source>
        <translation>{titles} und noch {count} mehr</translation>
    </message>
    <message>
        <source>Used in {meetings}.</source>
        <translation>Verwendet in {meetings}.</translation>
    </message>
    <message>
        <source>Values that cannot be used, and are left out ({count}): {names}.</source>
        <translation>Nicht verwendbare Werte, die weggelassen werden ({count}): {names}.</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>Speichern unter…</translation>
    </message>
    <message>
        <source>Hand over the design</source>
        <translation>Design weitergeben</translation>
    </message>
    <message>
        <source>There is nothing to hand over yet</source>
        <translation>Noch gibt es nichts weiterzugeben</translation>
    </message>
    <message>
        <source>This design sets no value. Choose a colour or a logo first; here you then get it for join addresses, servers and plugins.</source>
        <translation>Dieses Design legt noch keinen Wert fest. Wählen Sie zuerst eine Farbe oder ein Logo; dann erhalten Sie das Design hier für Beitrittsadressen, Server und Plugins.</translation>
    </message>
    <message>
        <source>Where it goes</source>
        <translation>Ziel der Weitergabe</translation>
    </message>
    <message>
        <source>The design as text: {surface}</source>
        <translation>Das Design als Text: {surface}</translation>
    </message>
    <message>
        <source>Removed from the design. “Undo” brings it back.</source>
        <translation>Aus dem Design entfernt. „Rückgängig“ stellt es wieder her.</translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation>Kopiert.</translation>
    </message>
    <message>
        <source>Save the design</source>
        <translation>Design speichern</translation>
    </message>
    <message>
        <source>Saved as “{name}”.</source>
        <translation>Als „{name}“ gespeichert.</translation>
    </message>
    <message>
        <source>Not in it: {names}. {reason}</source>
        <translation>Nicht enthalten: {names}. {reason}</translation>
    </message>
    <message>
        <source>Only what it names</source>
        <translation>Nur enthaltene Werte</translation>
    </message>
    <message>
        <source>Replace the whole design</source>
        <translation>Ganzes Design ersetzen</translation>
    </message>
    <message>
        <source>Use these values</source>
        <translation>Diese Werte übernehmen</translation>
    </message>
    <message>
        <source>Import a design</source>
        <translation>Design importieren</translation>
    </message>
    <message>
        <source>Read as</source>
        <translation>Lesen als</translation>
    </message>
    <message>
        <source>What happens to the other values</source>
        <translation>Was mit den übrigen Werten geschieht</translation>
    </message>
    <message>
        <source>Paste or drop what you were given: a join address, the server&apos;s config.js, a design file, or the lines of a form. You see what it changes before it does.</source>
        <translation>Fügen Sie ein, was Sie erhalten haben, oder ziehen Sie es hierher: eine Beitrittsadresse, die config.js des Servers, eine Designdatei oder die Zeilen eines Formulars. Sie sehen vorab, was sich dadurch ändert.</translation>
    </message>
    <message>
        <source>{surface} (recognised)</source>
        <translation>{surface} (erkannt)</translation>
    </message>
    <message>
        <source>Recognise it</source>
        <translation>Automatisch erkennen</translation>
    </message>
    <message>
        <source>What is in it appears here, beside what the design has now.</source>
        <translation>Hier erscheint der Inhalt neben den jetzigen Werten des Designs.</translation>
    </message>
    <message>
        <source>Paste or open a design first.</source>
        <translation>Zuerst ein Design einfügen oder öffnen.</translation>
    </message>
    <message>
        <source>This text cannot be read: see the reason above.</source>
        <translation>Dieser Text lässt sich nicht lesen; der Grund steht oben.</translation>
    </message>
    <message>
        <source>The design has these values already.</source>
        <translation>Das Design hat diese Werte bereits.</translation>
    </message>
    <message>
        <source>No value can be used: see the reasons above.</source>
        <translation>Kein Wert lässt sich verwenden; die Gründe stehen oben.</translation>
    </message>
    <message>
        <source>There is nothing in it that a design can use.</source>
        <translation>Der Text enthält nichts, was ein Design verwenden kann.</translation>
    </message>
    <message>
        <source>Use for this meeting</source>
        <translation>Für dieses Meeting verwenden</translation>
    </message>
    <message>
        <source>Design library</source>
        <translation>Designbibliothek</translation>
    </message>
    <message>
        <source>Designs with a name, for any meeting.</source>
        <translation>Benannte Designs für jedes Meeting.</translation>
    </message>
    <message>
        <source>Designs with a name, for any meeting. You came from “{title}”.</source>
        <translation>Benannte Designs für jedes Meeting. Geöffnet aus dem Meeting „{title}“.</translation>
    </message>
    <message>
        <source>This meeting has no design yet.</source>
        <translation>Dieses Meeting hat noch kein Design.</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>My design</source>
        <translation>Mein Design</translation>
    </message>
    <message>
        <source>Save this meeting&apos;s design</source>
        <translation>Design dieses Meetings speichern</translation>
    </message>
    <message>
        <source>Save a new version of “{name}”</source>
        <translation>Neue Version von „{name}“ speichern</translation>
    </message>
    <message>
        <source>“{title}” now</source>
        <translation>„{title}“ jetzt</translation>
    </message>
    <message>
        <source>This meeting now</source>
        <translation>Dieses Meeting jetzt</translation>
    </message>
    <message>
        <source>At an unknown time</source>
        <translation>Zeitpunkt unbekannt</translation>
    </message>
    <message>
        <source>{name}, {time}</source>
        <translation>{name}, {time}</translation>
    </message>
    <message>
        <source>{name}, now</source>
        <translation>{name}, jetzt</translation>
    </message>
    <message>
        <source>Search designs</source>
        <translation>Designs suchen</translation>
    </message>
    <message>
        <source>Designs</source>
        <translation>Designs</translation>
    </message>
    <message>
        <source>No design has these words.</source>
        <translation>Kein Design enthält diese Wörter.</translation>
    </message>
    <message>
        <source>in this meeting</source>
        <translation>in diesem Meeting</translation>
    </message>
    <message>
        <source>as it is now</source>
        <translation>jetziger Stand</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>What is new? (optional)</source>
        <translation>Was ist neu? (optional)</translation>
    </message>
    <message>
        <source>The library has “{name}” already: it gets a new version, and its present state is kept.</source>
        <translation>„{name}“ gibt es in der Bibliothek schon: Das Design erhält eine neue Version, der jetzige Stand bleibt erhalten.</translation>
    </message>
    <message>
        <source>Save as a new version</source>
        <translation>Als neue Version speichern</translation>
    </message>
    <message>
        <source>Leave a value unset to keep the server&apos;s look. Colours apply to the light theme only; in dark mode just the logo and the style sheet show.</source>
        <translation>Was Sie nicht festlegen, bleibt wie auf dem Server. Farben gelten nur im hellen Modus; im dunklen erscheinen nur das Logo und das Stylesheet.</translation>
    </message>
    <message>
        <source>Look at it in a practice room</source>
        <translation>Im Übungsraum ansehen</translation>
    </message>
    <message>
        <source>Load them</source>
        <translation>Laden</translation>
    </message>
    <message>
        <source>Load pictures and style sheet</source>
        <translation>Bilder und Stylesheet laden</translation>
    </message>
    <message>
        <source>No parameter of a design reaches this; only a style sheet of your own can change it.</source>
        <translation>Hier wirkt kein Parameter eines Designs; ändern kann das nur ein eigenes Stylesheet.</translation>
    </message>
    <message>
        <source>“{name}” paints nothing on this screen.</source>
        <translation>„{name}“ kommt in dieser Ansicht nicht vor.</translation>
    </message>
    <message>
        <source>This is what people with a dark desktop see: of a design only the logo and the style sheet show.</source>
        <translation>So sehen es alle, deren Computer auf dunkel eingestellt ist: Vom Design erscheinen nur das Logo und das Stylesheet.</translation>
    </message>
    <message>
        <source>Click anything in the preview to edit what paints it.</source>
        <translation>Klicken Sie in der Vorschau auf eine Stelle, um den zugehörigen Wert zu bearbeiten.</translation>
    </message>
    <message>
        <source>Click anything in the preview to see below what paints it.</source>
        <translation>Klicken Sie in der Vorschau auf eine Stelle, um unten den zugehörigen Wert zu sehen.</translation>
    </message>
    <message>
        <source>Pictures and style sheet of this design are not loaded yet.</source>
        <translation>Bilder und Stylesheet dieses Designs sind noch nicht geladen.</translation>
    </message>
    <message>
        <source>There is no preview here: {reason}.</source>
        <translation>Hier gibt es keine Vorschau: {reason}.</translation>
    </message>
    <message>
        <source>Preparing the preview…</source>
        <translation>Vorschau wird vorbereitet…</translation>
    </message>
    <message>
        <source>No parameter reaches this</source>
        <translation>Hier wirkt kein Parameter</translation>
    </message>
    <message>
        <source>The preview has stopped.</source>
        <translation>Die Vorschau wurde unerwartet beendet.</translation>
    </message>
    <message>
        <source>Show it again</source>
        <translation>Erneut anzeigen</translation>
    </message>
    <message>
        <source>Design from one colour</source>
        <translation>Design aus einer Farbe</translation>
    </message>
    <message>
        <source>Keep what I have set</source>
        <translation>Meine Farben behalten</translation>
    </message>
    <message>
        <source>Start anew</source>
        <translation>Neu beginnen</translation>
    </message>
    <message>
        <source>Colours of this design</source>
        <translation>Farben dieses Designs</translation>
    </message>
    <message>
        <source>Sketch of the meeting as it is now</source>
        <translation>Skizze des Meetings, wie es jetzt ist</translation>
    </message>
    <message>
        <source>Sketch of the meeting with the proposal</source>
        <translation>Skizze des Meetings mit dem Vorschlag</translation>
    </message>
    <message>
        <source>Use these colours</source>
        <translation>Diese Farben übernehmen</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Jetzt</translation>
    </message>
    <message>
        <source>Now: plugNmeet&apos;s own colours</source>
        <translation>Jetzt: Standardfarben von plugNmeet</translation>
    </message>
    <message>
        <source>Proposal</source>
        <translation>Vorschlag</translation>
    </message>
    <message>
        <source>Choose the colour of your brand, or open its logo: all other colours are found for it, so that everything can be read.</source>
        <translation>Wählen Sie die Farbe Ihrer Marke oder öffnen Sie deren Logo: Alle übrigen Farben werden passend dazu bestimmt, sodass alles gut lesbar ist.</translation>
    </message>
    <message>
        <source>All colours are set already: “Start anew” replaces them.</source>
        <translation>Alle Farben sind schon festgelegt: „Neu beginnen“ ersetzt sie.</translation>
    </message>
    <message>
        <source>Load the pictures and the style sheet of the design</source>
        <translation>Bilder und Stylesheet des Designs laden</translation>
    </message>
    <message>
        <source>Save the sheet…</source>
        <translation>Blatt speichern…</translation>
    </message>
    <message>
        <source>Save pictures…</source>
        <translation>Bilder speichern…</translation>
    </message>
    <message>
        <source>Show it</source>
        <translation>Anzeigen</translation>
    </message>
    <message>
        <source>Sheet for sign-off</source>
        <translation>Freigabeblatt</translation>
    </message>
    <message>
        <source>One file with pictures of all screens, the values, the contrasts and a place for signatures. It opens in any browser and can be printed.</source>
        <translation>Eine Datei mit Bildern aller Ansichten, den Werten, den Kontrasten und Platz für Unterschriften. Sie lässt sich in jedem Browser öffnen und ausdrucken.</translation>
    </message>
    <message>
        <source>Save the sheet</source>
        <translation>Blatt speichern</translation>
    </message>
    <message>
        <source>Web page (*.html)</source>
        <translation>Webseite (*.html)</translation>
    </message>
    <message>
        <source>Save the pictures in a folder</source>
        <translation>Bilder in einem Ordner speichern</translation>
    </message>
    <message>
        <source>Replace the pictures there ({count})?</source>
        <translation>Vorhandene Bilder ersetzen ({count})?</translation>
    </message>
    <message>
        <source>The folder holds pictures of these names already.</source>
        <translation>Der Ordner enthält bereits Bilder mit diesen Namen.</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>Saved: {name}</source>
        <translation>Gespeichert: {name}</translation>
    </message>
    <message>
        <source>No program could be opened for it.</source>
        <translation>Dafür ließ sich kein Programm öffnen.</translation>
    </message>
    <message>
        <source>As it was on {time}</source>
        <translation>Stand vom {time}</translation>
    </message>
    <message>
        <source>A design needs a name.</source>
        <translation>Ein Design braucht einen Namen.</translation>
    </message>
    <message>
        <source>Another design is called “{name}”. Choose another name.</source>
        <translation>Ein anderes Design heißt schon „{name}“. Wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>“{name}” was deleted.</source>
        <translation>„{name}“ wurde gelöscht.</translation>
    </message>
    <message>
        <source>{count} designs were deleted.</source>
        <translation>{count} Designs wurden gelöscht.</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Designs…</source>
        <translation>Designs…</translation>
    </message>
    <message>
        <source>Keep this design under a name, or use one that is kept</source>
        <translation>Dieses Design unter einem Namen speichern oder ein gespeichertes verwenden</translation>
    </message>
    <message>
        <source>Propose…</source>
        <translation>Vorschlag…</translation>
    </message>
    <message>
        <source>Make a design from one colour or from a logo</source>
        <translation>Ein Design aus einer Farbe oder einem Logo erstellen</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>Import…</translation>
    </message>
    <message>
        <source>Take a design from a link, a file or a form</source>
        <translation>Design aus Link, Datei oder Formular übernehmen</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Export…</translation>
    </message>
    <message>
        <source>Hand the design over: as a link, a file or for a form</source>
        <translation>Design weitergeben: als Link, als Datei oder für ein Formular</translation>
    </message>
    <message>
        <source>Sheet…</source>
        <translation>Freigabeblatt…</translation>
    </message>
    <message>
        <source>Pictures, values and contrasts on one sheet, for sign-off</source>
        <translation>Bilder, Werte und Kontraste auf einem Blatt, zur Freigabe</translation>
    </message>
    <message>
        <source>Check files…</source>
        <translation>Dateien prüfen…</translation>
    </message>
    <message>
        <source>Can everybody load the pictures and the style sheet?</source>
        <translation>Können alle die Bilder und das Stylesheet laden?</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>Versionen</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Wiederherstellen</translation>
    </message>
    <message>
        <source>Compare with now</source>
        <translation>Mit jetzt vergleichen</translation>
    </message>
    <message>
        <source>Versions ({count})</source>
        <translation>Versionen ({count})</translation>
    </message>
    <message>
        <source>Versions ({count}; the oldest goes next)</source>
        <translation>Versionen ({count}; die älteste entfällt als Nächstes)</translation>
    </message>
    <message>
        <source>Leave out what changes nothing</source>
        <translation>Weglassen, was nichts ändert</translation>
    </message>
    <message>
        <source>Remove from the design, too</source>
        <translation>Auch aus dem Design entfernen</translation>
    </message>
    <message>
        <source>{verdict} It has {characters} characters; the page&apos;s largest request needs about {bytes} of {limit} bytes.</source>
        <translation>{verdict} Länge: {characters} Zeichen; die größte Anfrage der Seite braucht etwa {bytes} von {limit} Byte.</translation>
    </message>
    <message>
        <source>Meetings look the same without: {names}.</source>
        <translation>Ohne diese Werte sehen Meetings gleich aus: {names}.</translation>
    </message>
    <message>
        <source>Everything looks as without a design, but an address without one shows the server&apos;s own.</source>
        <translation>Alles sieht aus wie ohne Design; eine Adresse ohne Design zeigt aber das des Servers.</translation>
    </message>
    <message>
        <source>Every value changes something that people see.</source>
        <translation>Jeder Wert ändert etwas Sichtbares.</translation>
    </message>
    <message>
        <source>{value}, as it is</source>
        <translation>{value}, unverändert</translation>
    </message>
    <message>
        <source>new: {value}</source>
        <translation>neu: {value}</translation>
    </message>
    <message>
        <source>{value} → not set</source>
        <translation>{value} → nicht gesetzt</translation>
    </message>
    <message>
        <source>{before} → {after}</source>
        <translation>{before} → {after}</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>No values were found.</source>
        <translation>Keine Werte gefunden.</translation>
    </message>
    <message>
        <source>1 value was found</source>
        <translation>1 Wert gefunden</translation>
    </message>
    <message>
        <source>{count} values were found</source>
        <translation>{count} Werte gefunden</translation>
    </message>
    <message>
        <source>{found}, and 1 was refused.</source>
        <translation>{found}, 1 abgelehnt.</translation>
    </message>
    <message>
        <source>{found}, and {count} were refused.</source>
        <translation>{found}, {count} abgelehnt.</translation>
    </message>
    <message>
        <source>✕ {name}: {reason}</source>
        <translation>✕ {name}: {reason}</translation>
    </message>
    <message>
        <source>The design, as text</source>
        <translation>Das Design als Text</translation>
    </message>
    <message>
        <source>Paste it here</source>
        <translation>Hier einfügen</translation>
    </message>
    <message>
        <source>Open a design</source>
        <translation>Design öffnen</translation>
    </message>
    <message>
        <source>Designs (*.json *.js *.txt)</source>
        <translation>Designs (*.json *.js *.txt)</translation>
    </message>
    <message>
        <source>Live in “{title}”</source>
        <translation>Live in „{title}“</translation>
    </message>
    <message>
        <source>This meeting began without a design, so its page has no place for one.</source>
        <translation>Dieses Meeting hat ohne Design begonnen, daher kann seine Seite keines anzeigen.</translation>
    </message>
    <message>
        <source>Your meeting</source>
        <translation>Ihr Meeting</translation>
    </message>
    <message>
        <source>People ({count})</source>
        <translation>Personen ({count})</translation>
    </message>
    <message>
        <source>Listen only</source>
        <translation>Nur zuhören</translation>
    </message>
    <message>
        <source>Landing</source>
        <translation>Startseite</translation>
    </message>
    <message>
        <source>Menus</source>
        <translation>Menüs</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Warteraum</translation>
    </message>
    <message>
        <source>Buttons</source>
        <translation>Schaltflächen</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>Ende</translation>
    </message>
    <message>
        <source>Wide</source>
        <translation>Breit</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Handy</translation>
    </message>
    <message>
        <source>LTR</source>
        <translation>LTR</translation>
    </message>
    <message>
        <source>RTL</source>
        <translation>RTL</translation>
    </message>
    <message>
        <source>All colours</source>
        <translation>Alle Farben</translation>
    </message>
    <message>
        <source>Without red</source>
        <translation>Ohne Rot</translation>
    </message>
    <message>
        <source>Without green</source>
        <translation>Ohne Grün</translation>
    </message>
    <message>
        <source>Without blue</source>
        <translation>Ohne Blau</translation>
    </message>
    <message>
        <source>Without colour</source>
        <translation>Ohne Farbe</translation>
    </message>
    <message>
        <source>Screen of the meeting</source>
        <translation>Ansicht des Meetings</translation>
    </message>
    <message>
        <source>Light or dark</source>
        <translation>Hell oder dunkel</translation>
    </message>
    <message>
        <source>Size of the screen</source>
        <translation>Bildschirmgröße</translation>
    </message>
    <message>
        <source>Direction of reading</source>
        <translation>Leserichtung</translation>
    </message>
    <message>
        <source>Languages read from left to right, or from right to left</source>
        <translation>Sprachen, die von links nach rechts oder von rechts nach links gelesen werden</translation>
    </message>
    <message>
        <source>Seen by people who do not see all colours</source>
        <translation>Gesehen von Menschen, die nicht alle Farben sehen</translation>
    </message>
    <message>
        <source>How people see it who do not see all colours</source>
        <translation>So sehen es Menschen, die nicht alle Farben sehen</translation>
    </message>
    <message>
        <source>Proposed colours</source>
        <translation>Vorgeschlagene Farben</translation>
    </message>
    <message>
        <source>{color}, stays</source>
        <translation>{color}, bleibt</translation>
    </message>
    <message>
        <source>This is no file.</source>
        <translation>Dies ist keine Datei.</translation>
    </message>
    <message>
        <source>This picture is black and white, so it has no colour to begin with.</source>
        <translation>Dieses Bild ist schwarz-weiß und hat daher keine Farbe als Ausgangspunkt.</translation>
    </message>
    <message>
        <source>Faint in plugNmeet itself, whatever the design: {names}.</source>
        <translation>In plugNmeet selbst schwer lesbar, bei jedem Design: {names}.</translation>
    </message>
    <message>
        <source>Hard to read: {failing} of {count} pairs of colours that a design decides.</source>
        <translation>Schwer lesbar: {failing} von {count} Farbpaaren, die ein Design bestimmt.</translation>
    </message>
    <message>
        <source>All {count} pairs of colours that a design decides can be read.</source>
        <translation>Alle {count} Farbpaare, die ein Design bestimmt, sind gut lesbar.</translation>
    </message>
    <message>
        <source>{pair}, because of: {names}.</source>
        <translation>{pair} – Ursache: {names}.</translation>
    </message>
    <message>
        <source>Picture just taken</source>
        <translation>Zuletzt erstelltes Bild</translation>
    </message>
    <message>
        <source>Pictures taken</source>
        <translation>Erstellte Bilder</translation>
    </message>
    <message>
        <source>Taking picture {number} of {count}: {screen}</source>
        <translation>Bild {number} von {count} wird erstellt: {screen}</translation>
    </message>
    <message>
        <source>All {count} pictures are taken.</source>
        <translation>Alle {count} Bilder sind fertig.</translation>
    </message>
    <message>
        <source>Welcome</source>
        <translation>Willkommen</translation>
    </message>
    <message>
        <source>Join and run plugNmeet meetings, and see their design before anyone else.</source>
        <translation>Treten Sie plugNmeet-Meetings bei, leiten Sie eigene und sehen Sie deren Design, bevor andere es sehen.</translation>
    </message>
    <message>
        <source>Open a practice room</source>
        <translation>Übungsraum öffnen</translation>
    </message>
    <message>
        <source>Try it now</source>
        <translation>Gleich ausprobieren</translation>
    </message>
    <message>
        <source>A practice room on this computer. Nothing to set up, nothing leaves this machine.</source>
        <translation>Ein Übungsraum auf diesem Computer. Sie müssen nichts einrichten, und nichts verlässt dieses Gerät.</translation>
    </message>
    <message>
        <source>Connect your server</source>
        <translation>Eigenen Server verbinden</translation>
    </message>
    <message>
        <source>You need its address, an API key and the API secret. The secret goes into your system&apos;s keyring, never into a file.</source>
        <translation>Sie brauchen seine Adresse, einen API-Schlüssel und das API-Geheimnis. Das Geheimnis kommt in den Schlüsselbund Ihres Systems, nie in eine Datei.</translation>
    </message>
    <message>
        <source>it is neither a meeting file of this computer nor a link of this program.</source>
        <translation>das ist weder eine Meetingdatei auf diesem Computer noch ein Link dieses Programms.</translation>
    </message>
    <message>
        <source>This meeting file or link cannot be used: {reason}</source>
        <translation>Diese Meetingdatei oder dieser Link ist nicht verwendbar: {reason}</translation>
    </message>
    <message>
        <source>Nothing was changed. Ask whoever gave it to you for a new one.</source>
        <translation>Es wurde nichts geändert. Bitten Sie den Absender der Datei oder des Links um Ersatz.</translation>
    </message>
    <message>
        <source>it is no file.</source>
        <translation>das ist keine Datei.</translation>
    </message>
    <message>
        <source>the file cannot be read ({why}).</source>
        <translation>die Datei lässt sich nicht lesen ({why}).</translation>
    </message>
    <message>
        <source>it is too large to be a meeting file.</source>
        <translation>die Datei ist zu groß für eine Meetingdatei.</translation>
    </message>
    <message>
        <source>it is damaged, or something else than a meeting file.</source>
        <translation>die Datei ist beschädigt oder keine Meetingdatei.</translation>
    </message>
    <message>
        <source>it is something else than a meeting file.</source>
        <translation>das ist keine Meetingdatei.</translation>
    </message>
    <message>
        <source>it was made by a newer version of this program.</source>
        <translation>die Datei stammt von einer neueren Version dieses Programms.</translation>
    </message>
    <message>
        <source>it is too long, damaged, or something else than a link to a meeting.</source>
        <translation>der Link ist zu lang, beschädigt oder führt nicht zu einem Meeting.</translation>
    </message>
    <message>
        <source>it asks for a role. Such files and links can only bring participants.</source>
        <translation>darin wird eine Rolle verlangt. Mit solchen Dateien und Links kann man nur als Teilnehmer beitreten.</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>its title is empty or too long.</source>
        <translation>der Titel ist leer oder zu lang.</translation>
    </message>
    <message>
        <source>its locks are not readable.</source>
        <translation>die Sperren darin sind nicht lesbar.</translation>
    </message>
    <message>
        <source>it holds a secret, “{name}”, which must never be handed on.</source>
        <translation>darin steht ein Geheimnis („{name}“), das nie weitergegeben werden darf.</translation>
    </message>
    <message>
        <source>it holds “{name}”, which this version does not know.</source>
        <translation>darin steht „{name}“; das kennt diese Version nicht.</translation>
    </message>
    <message>
        <source>“{name}” in it is not readable.</source>
        <translation>„{name}“ darin ist nicht lesbar.</translation>
    </message>
    <message>
        <source>“{name}” is missing or not readable.</source>
        <translation>„{name}“ fehlt oder ist nicht lesbar.</translation>
    </message>
    <message>
        <source>{field}: {problem}</source>
        <translation>{field}: {problem}</translation>
    </message>
    <message>
        <source>there is white space inside it</source>
        <translation>es enthält Leerzeichen oder unsichtbare Zeichen</translation>
    </message>
    <message>
        <source>it has letters or signs that are not plain ASCII</source>
        <translation>es enthält Buchstaben oder Zeichen außerhalb von ASCII</translation>
    </message>
    <message>
        <source>it is empty</source>
        <translation>es ist leer</translation>
    </message>
    <message>
        <source>it has characters that are no text</source>
        <translation>es enthält Zeichen, die kein Text sind</translation>
    </message>
    <message>
        <source>GNOME Keyring or another Secret Service</source>
        <translation>GNOME Keyring oder ein anderer Secret Service</translation>
    </message>
    <message>
        <source>KWallet</source>
        <translation>KWallet</translation>
    </message>
    <message>
        <source>macOS Keychain</source>
        <translation>macOS-Schlüsselbund</translation>
    </message>
    <message>
        <source>Windows Credential Manager</source>
        <translation>Windows-Anmeldeinformationsverwaltung</translation>
    </message>
    <message>
        <source>Server decides</source>
        <translation>Server entscheidet</translation>
    </message>
    <message>
        <source>On</source>
        <translation>Ein</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>Write true or false.</source>
        <translation>Geben Sie true oder false ein.</translation>
    </message>
    <message>
        <source>Write a whole number.</source>
        <translation>Geben Sie eine ganze Zahl ein.</translation>
    </message>
    <message>
        <source>Use a number from {low} to {high}.</source>
        <translation>Geben Sie eine Zahl von {low} bis {high} ein.</translation>
    </message>
    <message>
        <source>Remove line breaks, tabs and invisible characters.</source>
        <translation>Entfernen Sie Zeilenumbrüche, Tabulatoren und unsichtbare Zeichen.</translation>
    </message>
    <message>
        <source>Use a complete address without spaces or accents; write %20 for a space.</source>
        <translation>Geben Sie eine vollständige Adresse ohne Umlaute, Akzente und Leerzeichen ein (%20 statt Leerzeichen).</translation>
    </message>
    <message>
        <source>Write “%” in an address as %25.</source>
        <translation>Schreiben Sie „%“ in einer Adresse als %25.</translation>
    </message>
    <message>
        <source>Use a complete address that begins with {schemes}.</source>
        <translation>Geben Sie eine vollständige Adresse ein, die mit {schemes} beginnt.</translation>
    </message>
    <message>
        <source>This address has a bracket, colon or second # where none can be.</source>
        <translation>In dieser Adresse steht eine Klammer, ein Doppelpunkt oder ein zweites # an unzulässiger Stelle.</translation>
    </message>
    <message>
        <source>The name of the computer is missing in this address.</source>
        <translation>In dieser Adresse fehlt der Rechnername.</translation>
    </message>
    <message>
        <source>“{text}” is not in the list; the nearest is {nearest}.</source>
        <translation>„{text}“ steht nicht in der Liste; am ähnlichsten ist {nearest}.</translation>
    </message>
    <message>
        <source>Write the code exactly as in the list.</source>
        <translation>Schreiben Sie das Kürzel genau wie in der Liste.</translation>
    </message>
    <message>
        <source>Write at least one word, with commas between them.</source>
        <translation>Geben Sie mindestens ein Wort ein; mehrere trennen Sie mit Kommas.</translation>
    </message>
    <message>
        <source>“{word}” has characters that a file extension cannot have.</source>
        <translation>„{word}“ enthält Zeichen, die in einer Dateiendung nicht erlaubt sind.</translation>
    </message>
    <message>
        <source>Write each line as name=text.</source>
        <translation>Schreiben Sie jede Zeile als Name=Text.</translation>
    </message>
    <message>
        <source>This is empty. Write something, or leave it out.</source>
        <translation>Hier steht nichts. Geben Sie etwas ein oder lassen Sie die Angabe weg.</translation>
    </message>
    <message>
        <source>The text has a broken character. Type it again.</source>
        <translation>Der Text enthält ein fehlerhaftes Zeichen. Geben Sie ihn neu ein.</translation>
    </message>
    <message>
        <source>Too long: {size} bytes, and at most {most} fit.</source>
        <translation>Zu lang: {size} Bytes; höchstens {most} sind möglich.</translation>
    </message>
    <message>
        <source>Secure connection</source>
        <translation>Sichere Verbindung</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>Uhrzeit</translation>
    </message>
    <message>
        <source>waits for the step before it</source>
        <translation>wartet auf den vorigen Schritt</translation>
    </message>
    <message>
        <source>checked together with the next step</source>
        <translation>wird mit dem nächsten Schritt geprüft</translation>
    </message>
    <message>
        <source>through the proxy {proxy}</source>
        <translation>über den Proxy {proxy}</translation>
    </message>
    <message>
        <source>{host} answers at {address}</source>
        <translation>{host} antwortet unter {address}</translation>
    </message>
    <message>
        <source>not needed on this computer itself</source>
        <translation>auf diesem Computer selbst nicht nötig</translation>
    </message>
    <message>
        <source>plugNmeet is healthy</source>
        <translation>plugNmeet läuft einwandfrei</translation>
    </message>
    <message>
        <source>the server knows it</source>
        <translation>der Server kennt ihn</translation>
    </message>
    <message>
        <source>it belongs to this key</source>
        <translation>es gehört zu diesem Schlüssel</translation>
    </message>
    <message>
        <source>the server does not tell its time</source>
        <translation>der Server teilt seine Uhrzeit nicht mit</translation>
    </message>
    <message>
        <source>agrees with the server&apos;s</source>
        <translation>stimmt mit der des Servers überein</translation>
    </message>
    <message>
        <source>this computer is {seconds} seconds behind the server</source>
        <translation>die Uhr dieses Computers geht gegenüber dem Server {seconds} Sekunden nach</translation>
    </message>
    <message>
        <source>this computer is {seconds} seconds ahead of the server</source>
        <translation>die Uhr dieses Computers geht gegenüber dem Server {seconds} Sekunden vor</translation>
    </message>
    <message>
        <source>the certificate is valid</source>
        <translation>das Zertifikat ist gültig</translation>
    </message>
    <message>
        <source>the certificate is valid until {date} (days left: {days})</source>
        <translation>das Zertifikat ist gültig bis {date} (verbleibende Tage: {days})</translation>
    </message>
    <message>
        <source>Your system lacks xdg-mime, which sets the default program for links.</source>
        <translation>Auf Ihrem System fehlt xdg-mime. Es legt das Standardprogramm für Links fest.</translation>
    </message>
    <message>
        <source>Install the package xdg-utils, then tick this again.</source>
        <translation>Installieren Sie das Paket xdg-utils und setzen Sie das Häkchen erneut.</translation>
    </message>
    <message>
        <source>Your system did not let this program open Matrix links: {reason}.</source>
        <translation>Ihr System hat dieses Programm nicht für Matrix-Links zugelassen: {reason}.</translation>
    </message>
    <message>
        <source>Nothing was changed. Check that {folder} can be written, or choose this program in your system&apos;s settings.</source>
        <translation>Es wurde nichts geändert. Prüfen Sie, ob {folder} beschreibbar ist, oder wählen Sie dieses Programm in den Systemeinstellungen aus.</translation>
    </message>
    <message>
        <source>This program still opens Matrix links: {reason}.</source>
        <translation>Dieses Programm öffnet weiterhin Matrix-Links: {reason}.</translation>
    </message>
    <message>
        <source>Check that {folder} can be written and untick this again, or choose another program in your system&apos;s settings.</source>
        <translation>Prüfen Sie, ob {folder} beschreibbar ist, und entfernen Sie das Häkchen erneut. Oder wählen Sie in den Systemeinstellungen ein anderes Programm aus.</translation>
    </message>
    <message>
        <source>xdg-mime did not answer</source>
        <translation>xdg-mime hat nicht geantwortet</translation>
    </message>
    <message>
        <source>xdg-mime did nothing</source>
        <translation>xdg-mime hat nichts bewirkt</translation>
    </message>
    <message>
        <source>A message has 1 to {most} characters.</source>
        <translation>Eine Nachricht hat 1 bis {most} Zeichen.</translation>
    </message>
    <message>
        <source>This text holds your own key to the meeting. Send the address alone.</source>
        <translation>Dieser Text enthält Ihren persönlichen Schlüssel zum Meeting. Senden Sie nur die Adresse.</translation>
    </message>
    <message>
        <source>A server on this computer cannot be announced to others.</source>
        <translation>Ein Server auf diesem Computer lässt sich anderen nicht ankündigen.</translation>
    </message>
    <message>
        <source>Signing in needs https:// (http:// works for localhost only).</source>
        <translation>Zum Anmelden ist https:// nötig (http:// geht nur bei localhost).</translation>
    </message>
    <message>
        <source>Type your Matrix address (@name:server), or that of your server.</source>
        <translation>Geben Sie Ihre Matrix-Adresse (@name:server) oder die Ihres Servers ein.</translation>
    </message>
    <message>
        <source>its answer has the code {status}</source>
        <translation>die Antwort hat den Code {status}</translation>
    </message>
    <message>
        <source>its address does not begin with https://</source>
        <translation>die Adresse beginnt nicht mit https://</translation>
    </message>
    <message>
        <source>{host} answered with a web page, not as a Matrix server.</source>
        <translation>{host} hat mit einer Webseite geantwortet, nicht als Matrix-Server.</translation>
    </message>
    <message>
        <source>You may have to sign in to the network first. Otherwise check the address of the server.</source>
        <translation>Vielleicht müssen Sie sich zuerst im Netzwerk anmelden. Prüfen Sie sonst die Adresse des Servers.</translation>
    </message>
    <message>
        <source>Check that the address belongs to a Matrix server. If it does, send this sentence to its administrator.</source>
        <translation>Prüfen Sie, ob die Adresse zu einem Matrix-Server gehört. Wenn ja, senden Sie diese Meldung an dessen Administrator.</translation>
    </message>
    <message>
        <source>{name} does not tell where its Matrix server is: {reason}.</source>
        <translation>{name} teilt nicht mit, wo der zugehörige Matrix-Server ist: {reason}.</translation>
    </message>
    <message>
        <source>Ask your administrator for the server&apos;s address, and type it with https:// in front.</source>
        <translation>Fragen Sie Ihren Administrator nach der Adresse des Servers und geben Sie sie mit https:// davor ein.</translation>
    </message>
    <message>
        <source>{name} names a Matrix server that does not work: {reason}.</source>
        <translation>{name} nennt einen Matrix-Server, der nicht funktioniert: {reason}.</translation>
    </message>
    <message>
        <source>Tell your administrator. Do not sign in at a guessed address.</source>
        <translation>Sagen Sie es Ihrem Administrator. Melden Sie sich nicht bei einer vermuteten Adresse an.</translation>
    </message>
    <message>
        <source>The Matrix server {host} does not offer this: {what}.</source>
        <translation>Der Matrix-Server {host} bietet das nicht an: {what}.</translation>
    </message>
    <message>
        <source>Use your Matrix app for it, or ask your administrator for a newer version of the server.</source>
        <translation>Verwenden Sie dafür Ihre Matrix-App oder bitten Sie Ihren Administrator um eine neuere Version des Servers.</translation>
    </message>
    <message>
        <source>You are not signed in as {name} on this computer.</source>
        <translation>Sie sind auf diesem Computer nicht als {name} angemeldet.</translation>
    </message>
    <message>
        <source>Sign in to this Matrix account again.</source>
        <translation>Melden Sie sich bei diesem Matrix-Konto erneut an.</translation>
    </message>
    <message>
        <source>This sign-in belongs to {origin}, and was not sent to {other}.</source>
        <translation>Diese Anmeldung gehört zu {origin} und wurde nicht an {other} gesendet.</translation>
    </message>
    <message>
        <source>Sign in at the other server, if it is yours.</source>
        <translation>Melden Sie sich beim anderen Server an, wenn es Ihrer ist.</translation>
    </message>
    <message>
        <source>The sign-in could not be kept: {reason}</source>
        <translation>Die Anmeldung konnte nicht gespeichert werden: {reason}</translation>
    </message>
    <message>
        <source>It was ended again. Unlock your keyring, or install one (GNOME Keyring, KWallet), then sign in once more.</source>
        <translation>Die Anmeldung wurde wieder beendet. Entsperren Sie Ihren Schlüsselbund oder installieren Sie einen (GNOME Keyring, KWallet), und melden Sie sich dann noch einmal an.</translation>
    </message>
    <message>
        <source>The server&apos;s sign-in is too long for your keyring.</source>
        <translation>Die Anmeldedaten des Servers sind zu lang für Ihren Schlüsselbund.</translation>
    </message>
    <message>
        <source>Sign in for this session only.</source>
        <translation>Melden Sie sich nur für diese Sitzung an.</translation>
    </message>
    <message>
        <source>The Matrix server refused: {message}</source>
        <translation>Der Matrix-Server hat abgelehnt: {message}</translation>
    </message>
    <message>
        <source>You are no longer signed in at {host}.</source>
        <translation>Sie sind bei {host} nicht mehr angemeldet.</translation>
    </message>
    <message>
        <source>Your sign-in at {host} has expired.</source>
        <translation>Ihre Anmeldung bei {host} ist abgelaufen.</translation>
    </message>
    <message>
        <source>Sign in to this Matrix account again. This computer keeps its place in your list of devices.</source>
        <translation>Melden Sie sich bei diesem Matrix-Konto erneut an. Dieser Computer behält seinen Platz in Ihrer Geräteliste.</translation>
    </message>
    <message>
        <source>The Matrix server did not accept this user name and password.</source>
        <translation>Der Matrix-Server hat diesen Benutzernamen mit diesem Passwort nicht akzeptiert.</translation>
    </message>
    <message>
        <source>Check both, also capital letters. If you sign in through your organisation, use its web page.</source>
        <translation>Prüfen Sie beides, auch die Groß- und Kleinschreibung. Wenn Sie sich über Ihre Organisation anmelden, verwenden Sie deren Webseite.</translation>
    </message>
    <message>
        <source>The Matrix server did not accept the sign-in from your browser.</source>
        <translation>Der Matrix-Server hat die Anmeldung aus Ihrem Browser nicht akzeptiert.</translation>
    </message>
    <message>
        <source>Start again: what the browser brings back works for a few seconds only.</source>
        <translation>Beginnen Sie von vorn: Die Rückmeldung des Browsers gilt nur wenige Sekunden.</translation>
    </message>
    <message>
        <source>{host} does not let you sign in this way.</source>
        <translation>Bei {host} können Sie sich so nicht anmelden.</translation>
    </message>
    <message>
        <source>It offers: {ways}.</source>
        <translation>Möglich ist: {ways}.</translation>
    </message>
    <message>
        <source>The sign-in was declined in the browser.</source>
        <translation>Die Anmeldung wurde im Browser abgelehnt.</translation>
    </message>
    <message>
        <source>Start again if that was a mistake.</source>
        <translation>Beginnen Sie von vorn, wenn das ein Versehen war.</translation>
    </message>
    <message>
        <source>Nobody confirmed the sign-in in the browser within {minutes} min.</source>
        <translation>Die Anmeldung wurde nicht innerhalb von {minutes} min im Browser bestätigt.</translation>
    </message>
    <message>
        <source>Start again, and confirm it on the web page.</source>
        <translation>Beginnen Sie von vorn und bestätigen Sie dann auf der Webseite.</translation>
    </message>
    <message>
        <source>Your account at {host} is locked.</source>
        <translation>Ihr Konto bei {host} ist gesperrt.</translation>
    </message>
    <message>
        <source>Ask the administrator of that server. You stay signed in meanwhile.</source>
        <translation>Fragen Sie den Administrator dieses Servers. Angemeldet bleiben Sie trotzdem.</translation>
    </message>
    <message>
        <source>Your account at {host} is suspended: it may read, and enter no rooms.</source>
        <translation>Ihr Konto bei {host} ist eingeschränkt: Es darf lesen, aber keine Räume betreten.</translation>
    </message>
    <message>
        <source>Ask the administrator of that server.</source>
        <translation>Fragen Sie den Administrator dieses Servers.</translation>
    </message>
    <message>
        <source>This account was closed.</source>
        <translation>Dieses Konto wurde geschlossen.</translation>
    </message>
    <message>
        <source>Use another account, or ask the administrator of {host}.</source>
        <translation>Verwenden Sie ein anderes Konto oder fragen Sie den Administrator von {host}.</translation>
    </message>
    <message>
        <source>Your account at {host} has run out.</source>
        <translation>Ihr Konto bei {host} ist abgelaufen.</translation>
    </message>
    <message>
        <source>Renew it with the link that the server sends by e-mail, or ask its administrator.</source>
        <translation>Verlängern Sie es mit dem Link, den der Server per E-Mail sendet, oder fragen Sie seinen Administrator.</translation>
    </message>
    <message>
        <source>Your account at {host} is waiting for its approval.</source>
        <translation>Ihr Konto bei {host} muss noch freigegeben werden.</translation>
    </message>
    <message>
        <source>Try again when the administrator has approved it.</source>
        <translation>Versuchen Sie es erneut, sobald der Administrator es freigegeben hat.</translation>
    </message>
    <message>
        <source>{host} wants you to accept its terms first: {message}</source>
        <translation>{host} verlangt, dass Sie zuerst die Nutzungsbedingungen akzeptieren: {message}</translation>
    </message>
    <message>
        <source>Open the page with the terms in your browser, accept them, and try again.</source>
        <translation>Öffnen Sie die Seite mit den Bedingungen in Ihrem Browser, akzeptieren Sie sie und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>Type your user name and your password.</source>
        <translation>Geben Sie Ihren Benutzernamen und Ihr Passwort ein.</translation>
    </message>
    <message>
        <source>This is not an access token. Copy all of it: plain letters, digits and signs, no spaces.</source>
        <translation>Das ist kein Zugriffstoken. Kopieren Sie es vollständig: einfache Buchstaben, Ziffern und Zeichen, keine Leerzeichen.</translation>
    </message>
    <message>
        <source>pnm-launcher on {computer}</source>
        <translation>pnm-launcher auf {computer}</translation>
    </message>
    <message>
        <source>Element</source>
        <translation>Element</translation>
    </message>
    <message>
        <source>Your Matrix app</source>
        <translation>Ihre Matrix-App</translation>
    </message>
    <message>
        <source>Element of your organisation, in the browser</source>
        <translation>Element Ihrer Organisation, im Browser</translation>
    </message>
    <message>
        <source>Element in the browser</source>
        <translation>Element im Browser</translation>
    </message>
    <message>
        <source>Choose an app on matrix.to</source>
        <translation>App auf matrix.to wählen</translation>
    </message>
    <message>
        <source>a moment</source>
        <translation>einen Moment</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} s</translation>
    </message>
    <message>
        <source>“{text}” is not the address of a room.</source>
        <translation>„{text}“ ist keine Raumadresse.</translation>
    </message>
    <message>
        <source>The message in this link has no correct id.</source>
        <translation>Die Nachricht in diesem Link hat keine gültige ID.</translation>
    </message>
    <message>
        <source>“{name}” is not the name of a server.</source>
        <translation>„{name}“ ist kein Servername.</translation>
    </message>
    <message>
        <source>A server is named twice. Name each of them once.</source>
        <translation>Ein Server ist doppelt genannt. Nennen Sie jeden nur einmal.</translation>
    </message>
    <message>
        <source>Type the address of a room, for example #team:example.org.</source>
        <translation>Geben Sie die Adresse eines Raums ein, zum Beispiel #team:example.org.</translation>
    </message>
    <message>
        <source>This is too long for the address of a room.</source>
        <translation>Das ist zu lang für eine Raumadresse.</translation>
    </message>
    <message>
        <source>Only links that begin with https://matrix.to/#/ or matrix: lead to a room.</source>
        <translation>Nur Links, die mit https://matrix.to/#/ oder matrix: beginnen, führen zu einem Raum.</translation>
    </message>
    <message>
        <source>Name {most} servers at most.</source>
        <translation>Geben Sie höchstens {most} Server an.</translation>
    </message>
    <message>
        <source>This is a person, not a room.</source>
        <translation>Das ist eine Person, kein Raum.</translation>
    </message>
    <message>
        <source>This is a group of the old kind, which Matrix no longer has.</source>
        <translation>Das ist eine Gruppe der alten Art, die es in Matrix nicht mehr gibt.</translation>
    </message>
    <message>
        <source>A room is written as #name:server or !id:server, or as a link to it.</source>
        <translation>Einen Raum geben Sie als #name:server, als !id:server oder als Link dazu an.</translation>
    </message>
    <message>
        <source>This matrix: link does not lead to a room.</source>
        <translation>Dieser matrix:-Link führt nicht zu einem Raum.</translation>
    </message>
    <message>
        <source>There is a “%” in this link that means nothing.</source>
        <translation>In diesem Link steht ein „%“, das nichts bedeutet.</translation>
    </message>
    <message>
        <source>There are characters in this link that are no text.</source>
        <translation>Dieser Link enthält Zeichen, die kein Text sind.</translation>
    </message>
    <message>
        <source>This room does not let you in without an invitation.</source>
        <translation>Diesem Raum können Sie nur mit einer Einladung beitreten.</translation>
    </message>
    <message>
        <source>Ask to join, if the room offers that; otherwise ask somebody in the room to invite you.</source>
        <translation>Fragen Sie den Beitritt an, wenn der Raum das anbietet; bitten Sie sonst jemanden im Raum, Sie einzuladen.</translation>
    </message>
    <message>
        <source>This room takes no requests to join, or you are in it already.</source>
        <translation>Dieser Raum nimmt keine Beitrittsanfragen an, oder Sie sind schon darin.</translation>
    </message>
    <message>
        <source>Try to join. Otherwise ask somebody in the room to invite you.</source>
        <translation>Versuchen Sie beizutreten. Bitten Sie sonst jemanden im Raum, Sie einzuladen.</translation>
    </message>
    <message>
        <source>You were banned from this room.</source>
        <translation>Sie wurden aus diesem Raum verbannt.</translation>
    </message>
    <message>
        <source>Ask a moderator of the room to lift the ban.</source>
        <translation>Bitten Sie einen Moderator des Raums, die Verbannung aufzuheben.</translation>
    </message>
    <message>
        <source>This room lets no guests in.</source>
        <translation>Dieser Raum lässt keine Gäste zu.</translation>
    </message>
    <message>
        <source>Sign in with a full account.</source>
        <translation>Melden Sie sich mit einem vollwertigen Konto an.</translation>
    </message>
    <message>
        <source>No server in this room could confirm that you may enter.</source>
        <translation>Kein Server in diesem Raum konnte bestätigen, dass Sie ihn betreten dürfen.</translation>
    </message>
    <message>
        <source>Be a member of the room or space that it belongs to, or ask somebody inside to invite you.</source>
        <translation>Werden Sie Mitglied des Raums oder Space, zu dem dieser Raum gehört, oder bitten Sie jemanden darin, Sie einzuladen.</translation>
    </message>
    <message>
        <source>The administrator of {host} has blocked this room.</source>
        <translation>Der Administrator von {host} hat diesen Raum blockiert.</translation>
    </message>
    <message>
        <source>Ask that administrator for the reason.</source>
        <translation>Fragen Sie diesen Administrator nach dem Grund.</translation>
    </message>
    <message>
        <source>Your role in this room does not allow this.</source>
        <translation>Ihre Rolle in diesem Raum erlaubt das nicht.</translation>
    </message>
    <message>
        <source>Ask a moderator of the room.</source>
        <translation>Fragen Sie einen Moderator des Raums.</translation>
    </message>
    <message>
        <source>There is no room with this address, or you may not see it.</source>
        <translation>Es gibt keinen Raum mit dieser Adresse, oder Sie dürfen ihn nicht sehen.</translation>
    </message>
    <message>
        <source>Check the spelling, also capital letters, and ask whoever gave you the address.</source>
        <translation>Prüfen Sie die Schreibweise, auch Groß- und Kleinschreibung, und fragen Sie die Person, von der Sie die Adresse haben.</translation>
    </message>
    <message>
        <source>{host} does not know any server that is in this room.</source>
        <translation>{host} kennt keinen Server, der in diesem Raum ist.</translation>
    </message>
    <message>
        <source>Add the name of a server that is in the room (“via”), or ask for a link that has one.</source>
        <translation>Ergänzen Sie den Namen eines Servers, der in dem Raum ist („via“), oder bitten Sie um einen Link, der einen enthält.</translation>
    </message>
    <message>
        <source>{host} could not reach the room on other servers.</source>
        <translation>{host} konnte den Raum auf anderen Servern nicht erreichen.</translation>
    </message>
    <message>
        <source>Try again later, or add another server that is in the room (“via”).</source>
        <translation>Versuchen Sie es später erneut oder ergänzen Sie einen weiteren Server, der in dem Raum ist („via“).</translation>
    </message>
    <message>
        <source>{host} is too old for this room.</source>
        <translation>{host} ist zu alt für diesen Raum.</translation>
    </message>
    <message>
        <source>Ask its administrator for a newer version of the server, or use an account elsewhere.</source>
        <translation>Bitten Sie den Administrator um eine neuere Version des Servers oder verwenden Sie ein Konto auf einem anderen Server.</translation>
    </message>
    <message>
        <source>This room is too large for {host}: {message}</source>
        <translation>Dieser Raum ist zu groß für {host}: {message}</translation>
    </message>
    <message>
        <source>Use an account on a larger server.</source>
        <translation>Verwenden Sie ein Konto auf einem größeren Server.</translation>
    </message>
    <message>
        <source>{host} has reached its own limit: {message}</source>
        <translation>{host} ist selbst an eine Grenze gestoßen: {message}</translation>
    </message>
    <message>
        <source>Your account at {host} has reached a limit: {message}</source>
        <translation>Ihr Konto bei {host} ist an eine Grenze gestoßen: {message}</translation>
    </message>
    <message>
        <source>The server&apos;s own page tells what can be done.</source>
        <translation>Auf der Webseite des Servers steht, was Sie tun können.</translation>
    </message>
    <message>
        <source>{host} asks to wait {wait}.</source>
        <translation>{host} bittet Sie, {wait} zu warten.</translation>
    </message>
    <message>
        <source>Wait that long, then try again. Each earlier try may make it longer.</source>
        <translation>Warten Sie so lange und versuchen Sie es dann erneut. Jeder vorzeitige Versuch kann die Wartezeit verlängern.</translation>
    </message>
    <message>
        <source>The Matrix server refused this because it is too long.</source>
        <translation>Der Matrix-Server hat das abgelehnt, weil es zu lang ist.</translation>
    </message>
    <message>
        <source>Shorten the text.</source>
        <translation>Kürzen Sie den Text.</translation>
    </message>
    <message>
        <source>The Matrix server could not read the request: {message}</source>
        <translation>Der Matrix-Server konnte die Anfrage nicht lesen: {message}</translation>
    </message>
    <message>
        <source>This server may be much older or newer than this program. Send this sentence to its administrator (code {code}).</source>
        <translation>Dieser Server ist vielleicht viel älter oder neuer als dieses Programm. Senden Sie diese Meldung an dessen Administrator (Code {code}).</translation>
    </message>
    <message>
        <source>The Matrix server {host} does not know this request.</source>
        <translation>Der Matrix-Server {host} kennt diese Anfrage nicht.</translation>
    </message>
    <message>
        <source>The server may be much older than this program. Use your Matrix app, or ask your administrator.</source>
        <translation>Der Server ist vielleicht viel älter als dieses Programm. Verwenden Sie Ihre Matrix-App oder fragen Sie Ihren Administrator.</translation>
    </message>
    <message>
        <source>This room is encrypted, and this program cannot write encrypted messages.</source>
        <translation>Dieser Raum ist verschlüsselt, und dieses Programm kann keine verschlüsselten Nachrichten schreiben.</translation>
    </message>
    <message>
        <source>Copy the invitation and send it with your Matrix app.</source>
        <translation>Kopieren Sie die Einladung und senden Sie sie mit Ihrer Matrix-App.</translation>
    </message>
    <message>
        <source>No program could be started for this room.</source>
        <translation>Für diesen Raum konnte kein Programm gestartet werden.</translation>
    </message>
    <message>
        <source>Set a default browser in your system&apos;s settings, or copy the link.</source>
        <translation>Legen Sie in den Systemeinstellungen einen Standardbrowser fest oder kopieren Sie den Link.</translation>
    </message>
    <message>
        <source>You are signed in. Close this page and go back to the launcher.</source>
        <translation>Sie sind angemeldet. Schließen Sie diese Seite und kehren Sie zum Launcher zurück.</translation>
    </message>
    <message>
        <source>This is too long for a signed invitation.</source>
        <translation>Das ist zu lang für eine signierte Einladung.</translation>
    </message>
    <message>
        <source>This invitation is for {mxid}, and you are {user_id}.</source>
        <translation>Diese Einladung ist für {mxid}, Sie sind aber {user_id}.</translation>
    </message>
    <message>
        <source>This is not a signed invitation: {reason}.</source>
        <translation>Das ist keine signierte Einladung: {reason}.</translation>
    </message>
    <message>
        <source>it names no version of Matrix</source>
        <translation>darin steht keine Matrix-Version</translation>
    </message>
    <message>
        <source>A part of the request did not reach the server: {message}</source>
        <translation>Ein Teil der Anfrage ist nicht beim Server angekommen: {message}</translation>
    </message>
    <message>
        <source>A proxy or firewall on the way may have removed it. Send this sentence to your administrator.</source>
        <translation>Vielleicht hat ihn unterwegs ein Proxy oder eine Firewall entfernt. Senden Sie diese Meldung an Ihren Administrator.</translation>
    </message>
    <message>
        <source>The server does not know this API key.</source>
        <translation>Der Server kennt diesen API-Schlüssel nicht.</translation>
    </message>
    <message>
        <source>Copy the key again from the server&apos;s config.yaml (client → api_key).</source>
        <translation>Kopieren Sie den Schlüssel erneut aus der config.yaml des Servers (client → api_key).</translation>
    </message>
    <message>
        <source>The API secret does not match this API key.</source>
        <translation>Das API-Geheimnis passt nicht zu diesem API-Schlüssel.</translation>
    </message>
    <message>
        <source>The server did not accept a value: {message}</source>
        <translation>Der Server hat einen Wert nicht angenommen: {message}</translation>
    </message>
    <message>
        <source>Correct the field and try again.</source>
        <translation>Korrigieren Sie das Feld und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>The server could not read the request: {message}</source>
        <translation>Der Server konnte die Anfrage nicht lesen: {message}</translation>
    </message>
    <message>
        <source>This server may be much older or newer than this program. Send this sentence to your administrator.</source>
        <translation>Dieser Server ist vielleicht viel älter oder neuer als dieses Programm. Senden Sie diese Meldung an Ihren Administrator.</translation>
    </message>
    <message>
        <source>This user ID was removed from the running meeting and blocked.</source>
        <translation>Diese Benutzer-ID wurde aus dem laufenden Meeting entfernt und gesperrt.</translation>
    </message>
    <message>
        <source>Wait until the meeting has ended, or ask its moderator.</source>
        <translation>Warten Sie, bis das Meeting beendet ist, oder fragen Sie den Moderator.</translation>
    </message>
    <message>
        <source>The meeting is not running.</source>
        <translation>Das Meeting läuft nicht.</translation>
    </message>
    <message>
        <source>Start it: press Join and confirm, or wait for the moderator.</source>
        <translation>Starten Sie es mit „Beitreten“ und bestätigen Sie, oder warten Sie auf den Moderator.</translation>
    </message>
    <message>
        <source>The server keeps this name for itself.</source>
        <translation>Dieser Name ist dem Server vorbehalten.</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>Wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>The server keeps user IDs that begin like this one for itself.</source>
        <translation>Benutzer-IDs mit diesem Anfang sind dem Server vorbehalten.</translation>
    </message>
    <message>
        <source>Do not begin it with ingres_, pnm_agent-, sip_ or pnm_tts_agent-.</source>
        <translation>Die ID darf nicht mit ingres_, pnm_agent-, sip_ oder pnm_tts_agent- beginnen.</translation>
    </message>
    <message>
        <source>The server keeps user IDs that end with -native for itself.</source>
        <translation>Benutzer-IDs, die auf -native enden, sind dem Server vorbehalten.</translation>
    </message>
    <message>
        <source>Choose another ending.</source>
        <translation>Wählen Sie eine andere Endung.</translation>
    </message>
    <message>
        <source>The user ID has characters that the server refuses, or is empty.</source>
        <translation>Die Benutzer-ID enthält Zeichen, die der Server nicht zulässt, oder ist leer.</translation>
    </message>
    <message>
        <source>Use only the letters a to z and A to Z, digits, - and _.</source>
        <translation>Verwenden Sie nur die Buchstaben a bis z und A bis Z, Ziffern, - und _.</translation>
    </message>
    <message>
        <source>The user ID contains “-FIELD_”, which the server refuses.</source>
        <translation>Die Benutzer-ID enthält „-FIELD_“. Das lässt der Server nicht zu.</translation>
    </message>
    <message>
        <source>Choose another user ID.</source>
        <translation>Wählen Sie eine andere Benutzer-ID.</translation>
    </message>
    <message>
        <source>The server refuses user IDs that begin with “user_”.</source>
        <translation>Der Server lässt keine Benutzer-IDs zu, die mit „user_“ beginnen.</translation>
    </message>
    <message>
        <source>Leave the prefix out.</source>
        <translation>Lassen Sie diesen Anfang weg.</translation>
    </message>
    <message>
        <source>The server refuses this room ID: {message}</source>
        <translation>Der Server lässt diese Raum-ID nicht zu: {message}</translation>
    </message>
    <message>
        <source>It must not begin with “user_” or contain “-FIELD_”.</source>
        <translation>Sie darf nicht mit „user_“ beginnen und „-FIELD_“ nicht enthalten.</translation>
    </message>
    <message>
        <source>The room ID is too long for the server.</source>
        <translation>Die Raum-ID ist für den Server zu lang.</translation>
    </message>
    <message>
        <source>Use at most 64 characters.</source>
        <translation>Verwenden Sie höchstens 64 Zeichen.</translation>
    </message>
    <message>
        <source>The meeting ended in this very moment.</source>
        <translation>Das Meeting ist in diesem Moment zu Ende gegangen.</translation>
    </message>
    <message>
        <source>Press Join again to start a new one.</source>
        <translation>Klicken Sie erneut auf „Beitreten“, um ein neues zu starten.</translation>
    </message>
    <message>
        <source>The server is still closing the meeting before this one.</source>
        <translation>Der Server beendet noch das vorherige Meeting.</translation>
    </message>
    <message>
        <source>Wait a few seconds, then press Join again.</source>
        <translation>Warten Sie kurz und klicken Sie erneut auf „Beitreten“.</translation>
    </message>
    <message>
        <source>The meeting could not be ended: {message}</source>
        <translation>Das Meeting konnte nicht beendet werden: {message}</translation>
    </message>
    <message>
        <source>It may be starting. Wait a few seconds and try again.</source>
        <translation>Vielleicht startet es gerade. Warten Sie kurz und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>Nobody is in the meeting now.</source>
        <translation>Zurzeit ist niemand im Meeting.</translation>
    </message>
    <message>
        <source>Try again when someone has joined.</source>
        <translation>Versuchen Sie es erneut, sobald jemand da ist.</translation>
    </message>
    <message>
        <source>No moderator is in the meeting now.</source>
        <translation>Zurzeit ist kein Moderator im Meeting.</translation>
    </message>
    <message>
        <source>Try again when one has joined.</source>
        <translation>Versuchen Sie es erneut, sobald einer da ist.</translation>
    </message>
    <message>
        <source>The server found nothing for this.</source>
        <translation>Der Server hat dazu nichts gefunden.</translation>
    </message>
    <message>
        <source>It may have been deleted.</source>
        <translation>Vielleicht wurde es gelöscht.</translation>
    </message>
    <message>
        <source>The server does not allow this: {message}</source>
        <translation>Der Server erlaubt das nicht: {message}</translation>
    </message>
    <message>
        <source>Ask your administrator for the permission.</source>
        <translation>Bitten Sie Ihren Administrator um die Berechtigung.</translation>
    </message>
    <message>
        <source>The server reported a fault of its own: {message}</source>
        <translation>Der Server hat einen eigenen Fehler gemeldet: {message}</translation>
    </message>
    <message>
        <source>it gave no reason</source>
        <translation>kein Grund angegeben</translation>
    </message>
    <message>
        <source>the file is larger than 1 MiB</source>
        <translation>die Datei ist größer als 1 MiB</translation>
    </message>
    <message>
        <source>the file is empty</source>
        <translation>die Datei ist leer</translation>
    </message>
    <message>
        <source>the file is damaged</source>
        <translation>die Datei ist beschädigt</translation>
    </message>
    <message>
        <source>the file holds something else</source>
        <translation>die Datei enthält etwas anderes</translation>
    </message>
    <message>
        <source>The server refuses IDs that begin with “user_”.</source>
        <translation>Der Server lehnt IDs ab, die mit „user_“ beginnen.</translation>
    </message>
    <message>
        <source>The server refuses IDs that contain “-FIELD_”.</source>
        <translation>Der Server lehnt IDs ab, die „-FIELD_“ enthalten.</translation>
    </message>
    <message>
        <source>The server keeps IDs that begin with ingres_, pnm_agent-, sip_ or pnm_tts_agent- for itself.</source>
        <translation>IDs, die mit ingres_, pnm_agent-, sip_ oder pnm_tts_agent- beginnen, sind dem Server vorbehalten.</translation>
    </message>
    <message>
        <source>The server keeps the ending “-native” for itself.</source>
        <translation>Die Endung „-native“ ist dem Server vorbehalten.</translation>
    </message>
    <message>
        <source>RECORDER_BOT and RTMP_BOT are the recorder, which the room hides.</source>
        <translation>RECORDER_BOT und RTMP_BOT gehören dem Aufnahmedienst, den der Raum nicht anzeigt.</translation>
    </message>
    <message>
        <source>The server keeps the name PLUGNMEET_RECORDER_AUTH for itself.</source>
        <translation>Der Name PLUGNMEET_RECORDER_AUTH ist dem Server vorbehalten.</translation>
    </message>
    <message>
        <source>Type a name, so that the others know who you are.</source>
        <translation>Geben Sie einen Namen ein, damit die anderen wissen, wer Sie sind.</translation>
    </message>
    <message>
        <source>Left to the room</source>
        <translation>Wie im Raum</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>Gesperrt</translation>
    </message>
    <message>
        <source>Allowed</source>
        <translation>Erlaubt</translation>
    </message>
    <message>
        <source>Locked: enters muted, and only a moderator can let them speak.</source>
        <translation>Gesperrt: Beitritt mit stummem Mikrofon; nur ein Moderator kann das Sprechen erlauben.</translation>
    </message>
    <message>
        <source>Webcam</source>
        <translation>Webcam</translation>
    </message>
    <message>
        <source>Locked: cannot switch the camera on.</source>
        <translation>Gesperrt: Die Kamera lässt sich nicht einschalten.</translation>
    </message>
    <message>
        <source>Screen sharing</source>
        <translation>Bildschirmfreigabe</translation>
    </message>
    <message>
        <source>A room that says nothing locks this.</source>
        <translation>Gibt der Raum nichts vor, ist dies gesperrt.</translation>
    </message>
    <message>
        <source>Locked: the public chat is closed; the other chat locks then make no difference.</source>
        <translation>Gesperrt: Der öffentliche Chat ist geschlossen; die anderen Chat-Sperren spielen dann keine Rolle.</translation>
    </message>
    <message>
        <source>Sending chat messages</source>
        <translation>Chatnachrichten senden</translation>
    </message>
    <message>
        <source>Locked: can read, but not write.</source>
        <translation>Gesperrt: kann lesen, aber nicht schreiben.</translation>
    </message>
    <message>
        <source>Sending files in the chat</source>
        <translation>Dateien im Chat senden</translation>
    </message>
    <message>
        <source>Private chat</source>
        <translation>Privater Chat</translation>
    </message>
    <message>
        <source>Locked: no chat between two people; writing to moderators stays possible.</source>
        <translation>Gesperrt: kein Chat zu zweit; Nachrichten an Moderatoren bleiben möglich.</translation>
    </message>
    <message>
        <source>Whiteboard</source>
        <translation>Whiteboard</translation>
    </message>
    <message>
        <source>Shared notepad</source>
        <translation>Gemeinsame Notizen</translation>
    </message>
    <message>
        <source>Reactions</source>
        <translation>Reaktionen</translation>
    </message>
    <message>
        <source>Servers before 2.3 ignore this.</source>
        <translation>Server vor Version 2.3 ignorieren dies.</translation>
    </message>
    <message>
        <source>Servers from 2.3 on keep this on, whatever is set here; use a lock to restrict people reliably.</source>
        <translation>Bei Servern ab Version 2.3 bleibt dies immer eingeschaltet; zuverlässig einschränken können Sie nur mit einer Sperre.</translation>
    </message>
    <message>
        <source>Close the chat panel in the recording</source>
        <translation>Chatleiste in der Aufnahme schließen</translation>
    </message>
    <message>
        <source>… after the last message</source>
        <translation>… nach der letzten Nachricht</translation>
    </message>
    <message>
        <source>seconds</source>
        <translation>Sekunden</translation>
    </message>
    <message>
        <source>Room ID</source>
        <translation>Raum-ID</translation>
    </message>
    <message>
        <source>Letters, digits, - and _. Everyone who meets uses the same one.</source>
        <translation>Buchstaben (ohne Umlaute), Ziffern, - und _. Alle im Meeting verwenden dieselbe.</translation>
    </message>
    <message>
        <source>What the others see.</source>
        <translation>Diesen Namen sehen die anderen.</translation>
    </message>
    <message>
        <source>User ID</source>
        <translation>Benutzer-ID</translation>
    </message>
    <message>
        <source>Identifies you in the room. Joining again with the same ID ends your other connection.</source>
        <translation>Kennzeichnet Sie im Raum. Wenn Sie mit derselben ID noch einmal beitreten, endet Ihre andere Verbindung.</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rolle</translation>
    </message>
    <message>
        <source>Participant</source>
        <translation>Teilnehmer</translation>
    </message>
    <message>
        <source>Moderators are never locked: the server drops all their locks.</source>
        <translation>Moderatoren sind nie gesperrt: Der Server hebt alle ihre Sperren auf.</translation>
    </message>
    <message>
        <source>Hidden</source>
        <translation>Verborgen</translation>
    </message>
    <message>
        <source>Has no effect on today&apos;s servers: you are listed like everyone else.</source>
        <translation>Bei heutigen Servern ohne Wirkung: Sie stehen wie alle anderen in der Teilnehmerliste.</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Address of your picture. All participants load it from there.</source>
        <translation>Adresse Ihres Bildes. Alle Teilnehmer laden es von dort.</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Language of the meeting&apos;s page, for you.</source>
        <translation>Sprache der Meetingseite, nur für Sie.</translation>
    </message>
    <message>
        <source>Record my webcam</source>
        <translation>Meine Webcam aufnehmen</translation>
    </message>
    <message>
        <source>Recorded unless switched off here.</source>
        <translation>Wird aufgenommen, wenn Sie es hier nicht ausschalten.</translation>
    </message>
    <message>
        <source>External user ID</source>
        <translation>Externe Benutzer-ID</translation>
    </message>
    <message>
        <source>Your ID in another system, for its reports. Without one the server repeats the user ID.</source>
        <translation>Ihre ID in einem anderen System, für dessen Berichte. Ohne Angabe verwendet der Server die Benutzer-ID.</translation>
    </message>
    <message>
        <source>Extra data</source>
        <translation>Zusatzdaten</translation>
    </message>
    <message>
        <source>Names and texts stored with you. Everyone in the room can read them.</source>
        <translation>Namen und Texte, die zu Ihrer Person gespeichert werden. Alle im Raum können sie lesen.</translation>
    </message>
    <message>
        <source>Locks for you</source>
        <translation>Sperren für Sie</translation>
    </message>
    <message>
        <source>Locks apply to participants. Moderators lose every lock; only the whiteboard follows the room while another moderator presents.</source>
        <translation>Sperren gelten für Teilnehmer. Bei Moderatoren entfallen sie; nur für das Whiteboard gilt die Vorgabe des Raums, solange ein anderer Moderator präsentiert.</translation>
    </message>
    <message>
        <source>The same as on the first page.</source>
        <translation>Dieselbe wie auf der ersten Seite.</translation>
    </message>
    <message>
        <source>Shown at the top of the meeting.</source>
        <translation>Steht oben im Meeting.</translation>
    </message>
    <message>
        <source>Welcome message</source>
        <translation>Begrüßung</translation>
    </message>
    <message>
        <source>First message in the chat.</source>
        <translation>Erste Nachricht im Chat.</translation>
    </message>
    <message>
        <source>Most participants</source>
        <translation>Max. Teilnehmerzahl</translation>
    </message>
    <message>
        <source>Unset: as many as the server allows.</source>
        <translation>Ohne Angabe: so viele, wie der Server zulässt.</translation>
    </message>
    <message>
        <source>End when empty for</source>
        <translation>Beenden, wenn leer seit</translation>
    </message>
    <message>
        <source>Unset: 1800. The server replaces values below 120 by 1800.</source>
        <translation>Ohne Angabe: 1800. Werte unter 120 ersetzt der Server durch 1800.</translation>
    </message>
    <message>
        <source>Page after the meeting</source>
        <translation>Seite nach dem Meeting</translation>
    </message>
    <message>
        <source>Opens 3 seconds after the end.</source>
        <translation>Öffnet sich 3 Sekunden nach dem Ende.</translation>
    </message>
    <message>
        <source>Webhook address</source>
        <translation>Webhook-Adresse</translation>
    </message>
    <message>
        <source>The server reports events of this room there.</source>
        <translation>Dorthin meldet der Server Ereignisse dieses Raums.</translation>
    </message>
    <message>
        <source>Names and texts stored with the room.</source>
        <translation>Namen und Texte, die zum Raum gespeichert werden.</translation>
    </message>
    <message>
        <source>Locks for everyone</source>
        <translation>Sperren für alle</translation>
    </message>
    <message>
        <source>For participants whose own locks are left to the room.</source>
        <translation>Für Teilnehmer, deren eigene Sperren auf „Wie im Raum“ stehen.</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Personen</translation>
    </message>
    <message>
        <source>Webcams</source>
        <translation>Webcams</translation>
    </message>
    <message>
        <source>Everyone starts muted</source>
        <translation>Alle starten stummgeschaltet</translation>
    </message>
    <message>
        <source>Participants see each other&apos;s webcams</source>
        <translation>Teilnehmer sehen die Webcams der anderen</translation>
    </message>
    <message>
        <source>Participants see the list of people</source>
        <translation>Teilnehmer sehen die Teilnehmerliste</translation>
    </message>
    <message>
        <source>Only moderators may show their webcam</source>
        <translation>Nur Moderatoren dürfen ihre Webcam zeigen</translation>
    </message>
    <message>
        <source>Virtual backgrounds</source>
        <translation>Virtuelle Hintergründe</translation>
    </message>
    <message>
        <source>Raising hands</source>
        <translation>Hand heben</translation>
    </message>
    <message>
        <source>Server makes user IDs</source>
        <translation>Server vergibt Benutzer-IDs</translation>
    </message>
    <message>
        <source>Everyone gets a random ID at each joining; someone who was blocked can come back.</source>
        <translation>Alle erhalten bei jedem Beitritt eine zufällige ID; wer ausgeschlossen wurde, kann so zurückkehren.</translation>
    </message>
    <message>
        <source>Longest duration</source>
        <translation>Max. Dauer</translation>
    </message>
    <message>
        <source>minutes</source>
        <translation>Minuten</translation>
    </message>
    <message>
        <source>0 or unset: no limit of its own.</source>
        <translation>0 oder ohne Angabe: keine eigene Begrenzung.</translation>
    </message>
    <message>
        <source>Analytics</source>
        <translation>Auswertung</translation>
    </message>
    <message>
        <source>Participants wait until a moderator lets them in.</source>
        <translation>Teilnehmer warten, bis ein Moderator sie einlässt.</translation>
    </message>
    <message>
        <source>Message while waiting</source>
        <translation>Text im Warteraum</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>Aufnahme</translation>
    </message>
    <message>
        <source>Recording on the server</source>
        <translation>Aufnahme auf dem Server</translation>
    </message>
    <message>
        <source>Start recording on the server by itself</source>
        <translation>Aufnahme auf dem Server automatisch starten</translation>
    </message>
    <message>
        <source>Recording on one&apos;s own computer</source>
        <translation>Aufnahme auf dem eigenen Computer</translation>
    </message>
    <message>
        <source>Record moderators&apos; webcams only</source>
        <translation>Nur Webcams der Moderatoren aufnehmen</translation>
    </message>
    <message>
        <source>Recording: chat panel</source>
        <translation>Aufnahme: Chatleiste</translation>
    </message>
    <message>
        <source>Files in the chat</source>
        <translation>Dateien im Chat</translation>
    </message>
    <message>
        <source>Allowed file types</source>
        <translation>Erlaubte Dateitypen</translation>
    </message>
    <message>
        <source>Unset: the server&apos;s own list.</source>
        <translation>Ohne Angabe: die Liste des Servers.</translation>
    </message>
    <message>
        <source>Largest file</source>
        <translation>Max. Dateigröße</translation>
    </message>
    <message>
        <source>MB</source>
        <translation>MB</translation>
    </message>
    <message>
        <source>Today&apos;s servers replace it by their own limit.</source>
        <translation>Heutige Server verwenden stattdessen ihren eigenen Grenzwert.</translation>
    </message>
    <message>
        <source>File to open at the start</source>
        <translation>Beim Start geöffnete Datei</translation>
    </message>
    <message>
        <source>The server downloads it.</source>
        <translation>Der Server lädt sie herunter.</translation>
    </message>
    <message>
        <source>Shared videos</source>
        <translation>Videos für alle</translation>
    </message>
    <message>
        <source>Playing a video for everyone</source>
        <translation>Video für alle abspielen</translation>
    </message>
    <message>
        <source>Shared web pages</source>
        <translation>Webseiten für alle</translation>
    </message>
    <message>
        <source>Showing a web page to everyone</source>
        <translation>Webseite für alle anzeigen</translation>
    </message>
    <message>
        <source>Breakout rooms</source>
        <translation>Breakout-Räume</translation>
    </message>
    <message>
        <source>Most breakout rooms</source>
        <translation>Max. Breakout-Räume</translation>
    </message>
    <message>
        <source>Unset: 6.</source>
        <translation>Ohne Angabe: 6.</translation>
    </message>
    <message>
        <source>Polls</source>
        <translation>Umfragen</translation>
    </message>
    <message>
        <source>Streams from outside</source>
        <translation>Externe Streams</translation>
    </message>
    <message>
        <source>Showing a stream (RTMP, WHIP) in the room</source>
        <translation>Stream (RTMP, WHIP) im Raum zeigen</translation>
    </message>
    <message>
        <source>Broadcasting</source>
        <translation>Live-Übertragung</translation>
    </message>
    <message>
        <source>Broadcasting by RTMP</source>
        <translation>Live-Übertragung per RTMP</translation>
    </message>
    <message>
        <source>Broadcast: chat panel</source>
        <translation>Live-Übertragung: Chatleiste</translation>
    </message>
    <message>
        <source>End-to-end encryption</source>
        <translation>Ende-zu-Ende-Verschlüsselung</translation>
    </message>
    <message>
        <source>Switches dial-in and streams from outside off.</source>
        <translation>Schaltet die Telefoneinwahl und externe Streams aus.</translation>
    </message>
    <message>
        <source>Also for chat messages</source>
        <translation>Auch für Chatnachrichten</translation>
    </message>
    <message>
        <source>Also for the whiteboard</source>
        <translation>Auch für das Whiteboard</translation>
    </message>
    <message>
        <source>Participants type the key themselves</source>
        <translation>Teilnehmer geben den Schlüssel selbst ein</translation>
    </message>
    <message>
        <source>Also switches broadcasting, recording on the server and transcription off.</source>
        <translation>Schaltet außerdem Live-Übertragung, Aufnahme auf dem Server und Transkription aus.</translation>
    </message>
    <message>
        <source>Insights and AI</source>
        <translation>Insights und KI</translation>
    </message>
    <message>
        <source>Insights</source>
        <translation>Insights</translation>
    </message>
    <message>
        <source>Transcription</source>
        <translation>Transkription</translation>
    </message>
    <message>
        <source>Translation of the transcription</source>
        <translation>Übersetzung der Transkription</translation>
    </message>
    <message>
        <source>Spoken translation</source>
        <translation>Gesprochene Übersetzung</translation>
    </message>
    <message>
        <source>Translation of the chat</source>
        <translation>Übersetzung des Chats</translation>
    </message>
    <message>
        <source>AI</source>
        <translation>KI</translation>
    </message>
    <message>
        <source>Chat with an AI</source>
        <translation>Chat mit einer KI</translation>
    </message>
    <message>
        <source>AI summary of the meeting</source>
        <translation>KI-Zusammenfassung des Meetings</translation>
    </message>
    <message>
        <source>Prompt for the summary</source>
        <translation>Prompt zur Zusammenfassung</translation>
    </message>
    <message>
        <source>Telephone</source>
        <translation>Telefon</translation>
    </message>
    <message>
        <source>Dial-in by telephone</source>
        <translation>Telefoneinwahl</translation>
    </message>
    <message>
        <source>Open for calls from the start</source>
        <translation>Von Anfang an für Anrufe offen</translation>
    </message>
    <message>
        <source>Hide telephone numbers</source>
        <translation>Telefonnummern verbergen</translation>
    </message>
    <message>
        <source>Copyright line</source>
        <translation>Copyright-Zeile</translation>
    </message>
    <message>
        <source>Show a copyright line</source>
        <translation>Copyright-Zeile anzeigen</translation>
    </message>
    <message>
        <source>Only where the server allows it.</source>
        <translation>Nur, wenn der Server es erlaubt.</translation>
    </message>
    <message>
        <source>Text of the copyright line</source>
        <translation>Text der Copyright-Zeile</translation>
    </message>
    <message>
        <source>Old servers</source>
        <translation>Alte Server</translation>
    </message>
    <message>
        <source>Broadcasting (old name)</source>
        <translation>Live-Übertragung (alter Name)</translation>
    </message>
    <message>
        <source>Deprecated, but “off” is the one way to switch broadcasting off on servers from 2.3 on.</source>
        <translation>Veraltet, aber bei Servern ab Version 2.3 lässt sich die Live-Übertragung nur hier mit „Aus“ abschalten.</translation>
    </message>
    <message>
        <source>Primary</source>
        <translation>Primärfarbe</translation>
    </message>
    <message>
        <source>Avatars in the list of people, menu icons, and primary buttons unless they have a colour of their own.</source>
        <translation>Avatare in der Teilnehmerliste, Menüsymbole und primäre Schaltflächen ohne eigene Farbe.</translation>
    </message>
    <message>
        <source>Secondary</source>
        <translation>Sekundärfarbe</translation>
    </message>
    <message>
        <source>Unread badges, and secondary buttons unless they have a colour of their own.</source>
        <translation>Zähler für Ungelesenes und sekundäre Schaltflächen ohne eigene Farbe.</translation>
    </message>
    <message>
        <source>Between header and footer; hidden when a background picture is set.</source>
        <translation>Zwischen Kopf- und Fußzeile; wird von einem Hintergrundbild verdeckt.</translation>
    </message>
    <message>
        <source>Bar at the top of the room. Its texts keep their colour.</source>
        <translation>Leiste oben im Raum. Die Texte darin behalten ihre Farbe.</translation>
    </message>
    <message>
        <source>Bar at the bottom of the room.</source>
        <translation>Leiste unten im Raum.</translation>
    </message>
    <message>
        <source>Footer icon background</source>
        <translation>Fußzeilensymbol: Hintergrund</translation>
    </message>
    <message>
        <source>Squares behind the icons; their hover and active colours vanish.</source>
        <translation>Quadrate hinter den Symbolen; deren Farben unter dem Mauszeiger und im aktiven Zustand entfallen.</translation>
    </message>
    <message>
        <source>The glyphs, also the red one of a lock.</source>
        <translation>Die Symbole selbst, auch das rote bei einer Sperre.</translation>
    </message>
    <message>
        <source>Side panels</source>
        <translation>Seitenleisten</translation>
    </message>
    <message>
        <source>People, chat, polls, notifications.</source>
        <translation>Teilnehmer, Chat, Umfragen, Benachrichtigungen.</translation>
    </message>
    <message>
        <source>Unset: the primary colour.</source>
        <translation>Ohne Angabe: die Primärfarbe.</translation>
    </message>
    <message>
        <source>Primary button text</source>
        <translation>Primäre Schaltfläche: Text</translation>
    </message>
    <message>
        <source>Works only when the button or the primary colour is set.</source>
        <translation>Wirkt nur, wenn die Farbe der Schaltfläche oder die Primärfarbe festgelegt ist.</translation>
    </message>
    <message>
        <source>Unset: the secondary colour.</source>
        <translation>Ohne Angabe: die Sekundärfarbe.</translation>
    </message>
    <message>
        <source>Secondary button text</source>
        <translation>Sekundäre Schaltfläche: Text</translation>
    </message>
    <message>
        <source>Works only when the button or the secondary colour is set.</source>
        <translation>Wirkt nur, wenn die Farbe der Schaltfläche oder die Sekundärfarbe festgelegt ist.</translation>
    </message>
    <message>
        <source>Pictures and CSS</source>
        <translation>Bilder und CSS</translation>
    </message>
    <message>
        <source>Fills the room&apos;s background.</source>
        <translation>Füllt den Hintergrund des Raums.</translation>
    </message>
    <message>
        <source>In the room&apos;s header, on light and on dark.</source>
        <translation>In der Kopfzeile des Raums, auf hellem und dunklem Grund.</translation>
    </message>
    <message>
        <source>Your own CSS, light and dark; the colours above are applied after it.</source>
        <translation>Ihr eigenes CSS, für hell und dunkel; die Farben oben werden danach angewendet.</translation>
    </message>
    <message>
        <source>it is compressed, which this program did not ask for</source>
        <translation>sie ist komprimiert, obwohl dieses Programm das nicht angefordert hat</translation>
    </message>
    <message>
        <source>The settings of your organisation cannot be used: {reason}</source>
        <translation>Die Vorgaben Ihrer Organisation sind nicht verwendbar: {reason}</translation>
    </message>
    <message>
        <source>Show this to your administrator. The file is {path}; the program goes on without it.</source>
        <translation>Zeigen Sie dies Ihrem Administrator. Es geht um die Datei {path}; das Programm läuft ohne sie weiter.</translation>
    </message>
    <message>
        <source>everybody on this computer can change the file.</source>
        <translation>alle Benutzer dieses Computers können die Datei ändern.</translation>
    </message>
    <message>
        <source>the file is not a site file of this version.</source>
        <translation>die Datei enthält keine Vorgaben für diese Programmversion.</translation>
    </message>
    <message>
        <source>the file is not correct JSON, or too large.</source>
        <translation>die Datei ist kein gültiges JSON oder zu groß.</translation>
    </message>
    <message>
        <source>a meeting names the server “{name}”, which is not in the file.</source>
        <translation>ein Meeting nennt den Server „{name}“, der nicht in der Datei steht.</translation>
    </message>
    <message>
        <source>a meeting needs a “room_id”, and no name or user ID: those are each user&apos;s own.</source>
        <translation>ein Meeting braucht „room_id“, aber weder Name noch Benutzer-ID: Die legt jeder Benutzer selbst fest.</translation>
    </message>
    <message>
        <source>“{name}” cannot be fixed.</source>
        <translation>„{name}“ lässt sich nicht fest vorgeben.</translation>
    </message>
    <message>
        <source>there is no field “{name}”, or its value is of another kind.</source>
        <translation>das Feld „{name}“ gibt es nicht, oder sein Wert hat den falschen Typ.</translation>
    </message>
    <message>
        <source>the file holds “{name}”, which is not known.</source>
        <translation>in der Datei steht der unbekannte Eintrag „{name}“.</translation>
    </message>
    <message>
        <source>“{name}” is of another kind.</source>
        <translation>„{name}“ hat den falschen Typ.</translation>
    </message>
    <message>
        <source>“{name}” is missing or not a text.</source>
        <translation>„{name}“ fehlt oder ist kein Text.</translation>
    </message>
    <message>
        <source>where the file of your meetings should be, there is something else</source>
        <translation>am Speicherort Ihrer Meetings liegt keine gewöhnliche Datei</translation>
    </message>
    <message>
        <source>another program keeps the file of your meetings busy</source>
        <translation>ein anderes Programm schreibt ständig in die Datei mit Ihren Meetings</translation>
    </message>
    <message>
        <source>the data is not a JSON object</source>
        <translation>die Daten sind kein JSON-Objekt</translation>
    </message>
    <message>
        <source>the data is not correct JSON</source>
        <translation>die Daten sind kein gültiges JSON</translation>
    </message>
    <message>
        <source>Whether there is a newer version could not be found out: {reason}.</source>
        <translation>Es ließ sich nicht feststellen, ob es eine neuere Version gibt: {reason}.</translation>
    </message>
    <message>
        <source>Check the address for updates with whoever set it, or look for a new version yourself.</source>
        <translation>Klären Sie die Update-Adresse mit der Person, die sie festgelegt hat, oder suchen Sie selbst nach einer neuen Version.</translation>
    </message>
    <message>
        <source>the server answered with code {status}</source>
        <translation>der Server hat mit Code {status} geantwortet</translation>
    </message>
    <message>
        <source>the data is not a list of releases</source>
        <translation>die Daten sind keine Versionsliste</translation>
    </message>
    <message>
        <source>it does not say whether it is healthy</source>
        <translation>sie sagt nicht, ob der Server fehlerfrei läuft</translation>
    </message>
    <message>
        <source>code {status}</source>
        <translation>Code {status}</translation>
    </message>
    <message>
        <source>Join and run plugNmeet meetings</source>
        <translation>An plugNmeet-Meetings teilnehmen und sie leiten</translation>
    </message>
    <message>
        <source>One click from the form to the meeting: keep your meetings in a list, set who you are, what participants may do and how the room looks, and join in the program&apos;s own window or in your browser.</source>
        <translation>Ein Klick vom Formular ins Meeting: Führen Sie Ihre Meetings in einer Liste, legen Sie fest, wer Sie sind, was Teilnehmer dürfen und wie der Raum aussieht, und treten Sie im Fenster des Programms oder in Ihrem Browser bei.</translation>
    </message>
    <message>
        <source>A practice room on this computer needs no server and no account. For your own server you need its address, an API key and the API secret; the secret goes into the keyring of your system, never into a file.</source>
        <translation>Ein Übungsraum auf diesem Computer braucht weder Server noch Konto. Für Ihren eigenen Server brauchen Sie dessen Adresse, einen API-Schlüssel und das API-Geheimnis; das Geheimnis kommt in den Schlüsselbund Ihres Systems, nie in eine Datei.</translation>
    </message>
    <message>
        <source>meeting;conference;video;call;classroom;webinar;plugNmeet</source>
        <translation>Meeting;Konferenz;Video;Anruf;Unterricht;Klassenzimmer;Webinar;plugNmeet</translation>
    </message>
    <message>
        <source>plugNmeet Launcher meeting</source>
        <translation>plugNmeet-Launcher-Meeting</translation>
    </message>
    <message>
        <source>“{name}” is missing or wrong</source>
        <translation>„{name}“ fehlt oder ist falsch</translation>
    </message>
    <message>
        <source>“{name}” does not belong in it</source>
        <translation>„{name}“ gehört nicht hinein</translation>
    </message>
    <message>
        <source>The address of the proxy of this computer cannot be understood.</source>
        <translation>Die Proxy-Adresse dieses Computers ist ungültig.</translation>
    </message>
    <message>
        <source>Correct it in your system&apos;s network settings (HTTPS_PROXY), or add the server to NO_PROXY.</source>
        <translation>Korrigieren Sie sie in den Netzwerkeinstellungen Ihres Systems (HTTPS_PROXY) oder nehmen Sie den Server in NO_PROXY auf.</translation>
    </message>
    <message>
        <source>The server does not show this file to everybody (code {status}).</source>
        <translation>Der Server zeigt diese Datei nicht allen (Code {status}).</translation>
    </message>
    <message>
        <source>The server did not send the file (code {status}). Try again later.</source>
        <translation>Der Server hat die Datei nicht geliefert (Code {status}). Versuchen Sie es später erneut.</translation>
    </message>
    <message>
        <source>Entire screen</source>
        <translation>Ganzer Bildschirm</translation>
    </message>
    <message>
        <source>Screen {number}</source>
        <translation>Bildschirm {number}</translation>
    </message>
    <message>
        <source>After the meeting</source>
        <translation>Nach dem Meeting</translation>
    </message>
    <message>
        <source>Info</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>{place} was opened in your mail program</source>
        <translation>{place} wurde in Ihrem Mailprogramm geöffnet</translation>
    </message>
</context>
</TS>
