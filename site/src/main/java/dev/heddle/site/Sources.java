package dev.heddle.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The documents of a checkout, in the order and the groups of the menu. */
final class Sources {
  private static final String MENU = "menu.txt";
  private static final String REST = "More";
  private static final String DECISIONS = "Decisions";

  private final Path checkout;

  Sources(Path checkout) {
    this.checkout = checkout;
  }

  /** Returns the documents with their groups; those of docs/ that the menu does not name are in a group at the end. */
  Map<String, String> documents() throws IOException {
    Map<String, String> groups = new LinkedHashMap<>();
    String group = "";
    for (String line : Resources.text(MENU).lines().filter(each -> !each.isBlank()).toList()) {
      if (line.startsWith("# ")) {
        group = line.substring(2);
      } else if (Files.exists(checkout.resolve(line))) {
        groups.put(line, group);
      }
    }
    for (String document : found(name -> name.endsWith(".md"))) {
      groups.putIfAbsent(document, document.startsWith("docs/adr/") ? DECISIONS : REST);
    }
    return groups;
  }

  /** Returns the files of docs/ that are no documents: pictures, and pages that need no frame. */
  List<String> others() throws IOException {
    return found(name -> name.matches(".*\\.(svg|png|html|json)"));
  }

  private List<String> found(Predicate<String> condition) throws IOException {
    try (Stream<Path> files = Files.walk(checkout.resolve("docs"))) {
      return files.filter(Files::isRegularFile).map(file -> checkout.relativize(file).toString().replace('\\', '/'))
          .filter(condition).sorted().toList();
    }
  }

  String read(String document) throws IOException {
    return Files.readString(checkout.resolve(document));
  }

  Path file(String name) {
    return checkout.resolve(name);
  }

  /** Returns the path in the site of a document: README.md is its index. */
  static String htmlPath(String document) {
    return document.replaceFirst("(^|/)README\\.md$", "$1index.html").replaceFirst("\\.md$", ".html");
  }
}
