package dev.heddle.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes the site: pages in their frame, the index of the search, style and script. */
final class Site {
  private static final int SEARCHED = 6_000; // characters of a page
  private static final String COOKBOOK = "Cookbook";

  private final Path out;
  private final String frame;

  Site(Path out) throws IOException {
    this.out = out;
    this.frame = Resources.text("page.html");
  }

  /** Writes all pages; returns the recipes that have failed, with the reasons. */
  static List<String> write(Path checkout, Path out, boolean runsRecipes) throws IOException {
    Sources sources = new Sources(checkout);
    Map<String, String> documents = sources.documents();
    Markdown markdown = new Markdown(documents.keySet());
    List<Page> pages = new ArrayList<>();
    for (Map.Entry<String, String> document : documents.entrySet()) {
      pages.add(markdown.page(document.getValue(), document.getKey(), sources.read(document.getKey())));
    }
    RecipePages recipes = new RecipePages(markdown, runsRecipes);
    pages.addAll(recipes.all());
    Site site = new Site(out);
    for (Page page : pages) {
      site.write(page.path(), site.framed(page, pages));
    }
    for (String other : sources.others()) {
      Path to = out.resolve(other);
      Files.createDirectories(to.resolveSibling("."));
      Files.copy(sources.file(other), to, StandardCopyOption.REPLACE_EXISTING);
    }
    site.write("site.css", Resources.text("site.css"));
    site.write("site.js", Resources.text("site.js"));
    site.write("search-index.js", index(pages));
    return recipes.failures();
  }

  private void write(String path, String text) throws IOException {
    Path file = out.resolve(path);
    Files.createDirectories(file.resolveSibling("."));
    Files.writeString(file, text);
  }

  private String framed(Page page, List<Page> pages) {
    return frame
        .replace("{{language}}", page.path().contains("ko") ? "ko" : "en")
        .replace("{{title}}", Colours.escape(page.title()))
        .replace("{{root}}", page.toRoot())
        .replace("{{menu}}", menu(page, pages))
        .replace("{{content}}", page.html());
  }

  /** Returns the links to all pages in their groups; the group of the shown page is open. */
  private static String menu(Page shown, List<Page> pages) {
    Map<String, List<Page>> groups = pages.stream()
        .collect(Collectors.groupingBy(Page::group, LinkedHashMap::new, Collectors.toList()));
    StringBuilder html = new StringBuilder();
    groups.forEach((group, members) -> {
      boolean isOpen = group.equals(shown.group()) || (!group.equals(COOKBOOK) && !group.equals("Decisions"));
      html.append("<details").append(isOpen ? " open" : "").append("><summary>").append(Colours.escape(group))
          .append("</summary><ul>");
      for (Page page : members) {
        html.append("<li><a href=\"").append(shown.toRoot()).append(page.path()).append('"')
            .append(page.path().equals(shown.path()) ? " aria-current=\"page\"" : "").append('>')
            .append(Colours.escape(page.title())).append("</a></li>");
      }
      html.append("</ul></details>\n");
    });
    return html.toString();
  }

  /** Returns a script that sets the index, which a page can load from a folder, too, where scripts may not read files. */
  private static String index(List<Page> pages) {
    return pages.stream()
        .map(page -> "{\"path\":" + quoted(page.path()) + ",\"title\":" + quoted(page.title()) + ",\"text\":"
            + quoted(page.text().substring(0, Math.min(SEARCHED, page.text().length()))) + "}")
        .collect(Collectors.joining(",\n", "window.searchIndex = [\n", "\n];\n"));
  }

  /** Returns a text as a JavaScript literal that cannot end the script it is in. */
  static String quoted(String text) {
    StringBuilder literal = new StringBuilder("\"");
    text.chars().forEach(c -> {
      if (c < ' ' || c == '"' || c == '\\' || c == '<' || c == 0x2028 || c == 0x2029 || Character.isSurrogate((char) c)) {
        literal.append("\\u%04x".formatted(c));
      } else {
        literal.append((char) c);
      }
    });
    return literal.append('"').toString();
  }
}
