package dev.heddle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules that hold for the text of the sources, not for the classes made of them. */
class SourceRulesTest {
  private static final int MOST_LINES = 400;
  private static final Pattern VAGUE_WORD = Pattern
      .compile("[Nn]obody|[Ss]omebody|[Ss]omeone|[Ww]hoever|\\b[Aa]ny(?:body|one)\\b|\\b[Ee]very(?:body|one)\\b");
  private static final Pattern PERSON = Pattern.compile("\\b([Hh]e|[Hh]is|[Hh]im|[Hh]imself)\\b");
  /** The start of a Javadoc comment that asks, or refers to what it should define. */
  private static final Pattern NO_DEFINITION = Pattern
      .compile("/\\*\\*\\s+(?:\\*\\s+)?(What|How|Where|When|Whether|Which|Why|Who|It|They)\\b");
  private static final Pattern TYPE_OR_CONSTANT = Pattern
      .compile("([a-z-]+ )*(class|interface|record|enum|@interface) \\w.*|[A-Z][A-Z0-9_]*( *[({,;].*)?");
  private static final Pattern NAMED_TEST = Pattern.compile("`(\\w+Test)`");
  private static final Pattern USER_NAME = Pattern.compile("[\"']nobody[\"']|#O nobody");

  /** Variants and properties of two types each, which are read with the name of that type before them. */
  private static final List<String> SHARED_NAMES = List.of("Cancelled", "Inherit", "Kind");

  /** Java sources that hold no type. */
  private static final List<String> NO_TYPES = List.of("package-info", "module-info");

  @Test
  void files_haveAtMost400Lines() throws IOException {
    List<String> tooLong = new ArrayList<>();
    for (Path file : sources("src")) {
      int lines = Files.readAllLines(file).size();
      if (lines > MOST_LINES) {
        tooLong.add(file + ": " + lines);
      }
    }
    assertThat(tooLong).as("Files with more than " + MOST_LINES + " lines; split them by responsibility").isEmpty();
  }

  @Test
  void prose_namesTheThingThatActs() throws IOException {
    assertThat(linesWith(VAGUE_WORD)).as("Say which thread, caller, consumer or process is meant").isEmpty();
  }

  @Test
  void prose_callsThreadsAndUsersNotHe() throws IOException {
    assertThat(linesWith(PERSON)).as("A thread is 'it', and users are 'they'").isEmpty();
  }

  private static List<String> linesWith(Pattern word) throws IOException {
    List<String> found = new ArrayList<>();
    List<Path> files = new ArrayList<>(sources("src"));
    files.removeIf(file -> file.endsWith("SourceRulesTest.java"));
    files.addAll(documents());
    for (Path file : files) {
      List<String> lines = Files.readAllLines(file);
      for (int i = 0; i < lines.size(); i++) {
        if (word.matcher(USER_NAME.matcher(lines.get(i)).replaceAll("")).find()) {
          found.add(file + ":" + (i + 1) + ": " + lines.get(i).strip());
        }
      }
    }
    return found;
  }

  @Test
  void firstSentences_ofTypesAndConstants_define() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path file : sources("src/main")) {
      String text = Files.readString(file);
      Matcher comment = NO_DEFINITION.matcher(text);
      while (comment.find()) {
        String declaration = text.substring(text.indexOf("*/", comment.end()) + 2)
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty() && (!line.startsWith("@") || line.startsWith("@interface")))
            .findFirst()
            .orElse("");
        if (TYPE_OR_CONSTANT.matcher(declaration).matches()) {
          found.add(file + ": " + comment.group(1) + " ... " + declaration);
        }
      }
    }
    assertThat(found).as("Say what the type or constant is: 'The condition that ends ...', not 'What ... waits for'")
        .isEmpty();
  }

  @Test
  void topLevelTypes_haveNamesOfTheirOwn() throws IOException {
    assertThat(filesOfOneName("src/main", name -> !NO_TYPES.contains(name)))
        .as("Top-level types of one simple name, which only the path tells apart").isEmpty();
  }

  @Test
  void typesOfTheApi_haveNamesOfTheirOwn_nestedOnesToo() throws IOException {
    Pattern type = Pattern.compile("(?m)^[a-z].*?(?:class|interface|record|enum) (?:\\w+\\$)*(\\w+)");
    List<String> names = new ArrayList<>();
    for (Path module : listings()) {
      type.matcher(Files.readString(module)).results().forEach(each -> names.add(each.group(1)));
    }
    List<String> first = names.stream().distinct().toList();
    first.forEach(names::remove);
    assertThat(names.stream().distinct()).as("Public types of one simple name")
        .containsExactlyInAnyOrderElementsOf(SHARED_NAMES);
  }

  private static List<Path> listings() throws IOException {
    try (Stream<Path> files = Files.list(LibraryModules.checkout().resolve("api"))) {
      return files.sorted().toList();
    }
  }

  @Test
  void testClasses_haveNamesOfTheirOwn() throws IOException {
    assertThat(filesOfOneName("src/test", name -> name.endsWith("Test")))
        .as("Tests of one simple name: a document that names one does not say which").isEmpty();
  }

  private static Map<String, List<Path>> filesOfOneName(String folder, Predicate<String> selected) throws IOException {
    Map<String, List<Path>> byName = new TreeMap<>();
    for (Path file : sources(folder)) {
      String name = file.getFileName().toString().replace(".java", "");
      if (selected.test(name)) {
        byName.computeIfAbsent(name, _ -> new ArrayList<>()).add(file);
      }
    }
    byName.values().removeIf(files -> files.size() == 1);
    return byName;
  }

  @Test
  void securityPromises_nameTestsThatExist() throws IOException {
    List<String> tests = sources("src/test").stream().map(file -> file.getFileName().toString().replace(".java", ""))
        .toList();
    Matcher named = NAMED_TEST
        .matcher(Files.readString(LibraryModules.checkout().resolve("docs/security.md")));
    List<String> missing = new ArrayList<>();
    while (named.find()) {
      if (!tests.contains(named.group(1))) {
        missing.add(named.group(1));
      }
    }
    assertThat(missing).as("Tests that docs/security.md names, and that do not exist").isEmpty();
  }

  @Test
  void securityPromises_haveATestInEachRow() throws IOException {
    List<String> rows = Files.readAllLines(LibraryModules.checkout().resolve("docs/security.md"))
        .stream()
        .filter(line -> line.startsWith("|") && !line.startsWith("|---") && !line.startsWith("| promise |"))
        .toList();
    assertThat(rows).hasSizeGreaterThan(20);
    assertThat(rows).filteredOn(row -> !NAMED_TEST.matcher(row).find())
        .as("Promises of docs/security.md without a test")
        .isEmpty();
  }

  /** Returns the pages for readers; CONTRIBUTING.md, which quotes the vague words, is not among them. */
  private static List<Path> documents() throws IOException {
    Path checkout = LibraryModules.checkout();
    List<Path> found = new ArrayList<>(List.of(checkout.resolve("README.md"), checkout.resolve("CHANGELOG.md")));
    try (Stream<Path> files = Files.walk(checkout.resolve("docs"))) {
      files.filter(file -> file.toString().endsWith(".md")).forEach(found::add);
    }
    return found;
  }

  /** Returns the Java sources below a folder of each module. */
  private static List<Path> sources(String below) throws IOException {
    Path checkout = LibraryModules.checkout();
    List<Path> found = new ArrayList<>();
    try (Stream<Path> modules = Files.list(checkout)) {
      for (Path module : modules.filter(folder -> Files.exists(folder.resolve("pom.xml"))).sorted().toList()) {
        if (Files.isDirectory(module.resolve(below))) {
          try (Stream<Path> files = Files.walk(module.resolve(below))) {
            files.filter(file -> file.toString().endsWith(".java")).sorted().forEach(found::add);
          }
        }
      }
    }
    assertThat(found.size()).as("Number of Java sources below " + checkout).isGreaterThan(100);
    return found;
  }
}
