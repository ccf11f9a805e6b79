package dev.heddle.site;

import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Marks comments, texts, numbers and keywords of code, as HTML. */
final class Colours {
  private static final String JAVA_WORDS = "abstract|assert|boolean|break|byte|case|catch|char|class|continue|default|do|double|else|"
      + "enum|exports|extends|final|finally|float|for|if|implements|import|instanceof|int|interface|long|module|native|new|null|opens|"
      + "package|permits|private|protected|public|record|requires|return|sealed|short|static|super|switch|synchronized|this|throw|"
      + "throws|to|transitive|try|var|void|volatile|while|true|false|yield";
  private static final String PYTHON_WORDS = "and|as|assert|async|await|break|class|continue|def|del|elif|else|except|finally|for|from|"
      + "global|if|import|in|is|lambda|nonlocal|not|or|pass|raise|return|try|while|with|yield|None|True|False";
  private static final String KOTLIN_WORDS = "as|break|class|continue|do|else|false|for|fun|if|import|in|is|null|object|override|"
      + "package|private|return|suspend|this|throw|true|try|val|var|when|while";
  private static final String TEXTS = "\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*\"|'(?:\\\\.|[^'\\\\\\n])*'";
  private static final Map<String, Pattern> LANGUAGES = Map.of(
      "java", pattern("//[^\\n]*|/\\*.*?\\*/", JAVA_WORDS),
      "kotlin", pattern("//[^\\n]*|/\\*.*?\\*/", KOTLIN_WORDS),
      "python", pattern("#[^\\n]*", PYTHON_WORDS),
      "sh", pattern("(?<![^\\s])#[^\\n]*", "if|then|fi|for|do|done|while|case|esac|export"),
      "xml", pattern("<!--.*?-->", "(?!)"));
  private static final List<String> KINDS = List.of("comment", "string", "number", "keyword");

  private Colours() {}

  private static Pattern pattern(String comment, String words) {
    return Pattern.compile("(?s)(" + comment + ")|(" + TEXTS + ")|\\b(\\d[\\w.]*)|\\b(" + words + ")\\b");
  }

  /** Returns code as HTML; that of unknown languages has no colours. */
  static String html(String language, String code) {
    Pattern pattern = LANGUAGES.get(language);
    if (pattern == null) {
      return escape(code);
    }
    StringBuilder html = new StringBuilder();
    int at = 0;
    for (MatchResult match : (Iterable<MatchResult>) pattern.matcher(code).results()::iterator) {
      html.append(escape(code.substring(at, match.start())));
      int kind = 0;
      while (match.group(kind + 1) == null) {
        kind++;
      }
      html.append("<span class=\"").append(KINDS.get(kind)).append("\">").append(escape(match.group())).append("</span>");
      at = match.end();
    }
    return html.append(escape(code.substring(at))).toString();
  }

  static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
  }
}
