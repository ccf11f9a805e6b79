package dev.heddle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The guides list all that there is of what they are about: exceptions, properties, loggers, events. */
class GuidesTest {
  private static final Path CHECKOUT = LibraryModules.checkout();
  private static final Pattern LISTED_CLASS = Pattern.compile("(?m)^public .*?\\bclass ([\\w$]+)");
  private static final Pattern PROPERTY = Pattern.compile("get(?:Property|Boolean|Integer|Long)\\((\"[^\"]+\"|[A-Z_]+)");
  private static final Pattern LOGGER = Pattern.compile("(?:getLogger|ModuleLog\\.of)\\(\"(dev\\.heddle[\\w.]*)\"");
  private static final Pattern EVENT = Pattern.compile("@Name\\(\"(dev\\.heddle\\.\\w+)\"");

  /** Set by Heddle itself: for its workers, and by the launcher for the command. */
  private static final Set<String> INTERNAL = Set.of("dev.heddle.process.depth");

  private static String guide(String name) throws IOException {
    return Files.readString(CHECKOUT.resolve("docs").resolve(name));
  }

  @Test
  void troubleshooting_hasEachExceptionOfTheApi() throws IOException, ClassNotFoundException {
    String guide = guide("troubleshooting.md");
    Set<String> missing = new TreeSet<>();
    int exceptions = 0;
    try (Stream<Path> listings = Files.list(CHECKOUT.resolve("api"))) {
      for (Path listing : listings.filter(each -> !each.endsWith("dev.heddle.testkit.txt")).toList()) {
        String module = listing.getFileName().toString().replace(".txt", "");
        for (MatchResult match : LISTED_CLASS.matcher(Files.readString(listing)).results().toList()) {
          String name = match.group(1);
          if (isThrowable(module, name)) {
            exceptions++;
            if (!guide.contains("\n| `" + name.substring(name.indexOf('$') + 1) + "` |")) {
              missing.add(name);
            }
          }
        }
      }
    }
    assertThat(exceptions).isGreaterThan(40);
    assertThat(missing).as("Exceptions without a row in docs/troubleshooting.md").isEmpty();
  }

  private static boolean isThrowable(String module, String name) throws ClassNotFoundException {
    for (String each : List.of(module + "." + name, module + ".spi." + name)) {
      try {
        return Throwable.class.isAssignableFrom(Class.forName(each, false, GuidesTest.class.getClassLoader()));
      } catch (ClassNotFoundException e) {
        // in the other package, or in an optional module that these tests do not have
      }
    }
    return false;
  }

  @Test
  void deploying_hasEachSystemPropertyThatTheLibrariesRead() throws IOException {
    String guide = guide("deploying.md");
    Set<String> properties = new TreeSet<>();
    for (Path file : sources()) {
      String text = Files.readString(file);
      PROPERTY.matcher(text).results().map(match -> valueOf(match.group(1), text))
          .filter(name -> name.startsWith("dev.heddle."))
          .forEach(properties::add);
    }
    properties.removeAll(INTERNAL);
    assertThat(properties).hasSizeGreaterThan(5).allMatch(name -> guide.contains("\n| `" + name + "` |"),
        "is in docs/deploying.md");
  }

  /** Returns the text of a literal, or of a constant of the same file. */
  private static String valueOf(String expression, String text) {
    if (expression.startsWith("\"")) {
      return expression.replace("\"", "");
    }
    var constant = Pattern.compile("String " + expression + " =\\s+\"([^\"]*)\"").matcher(text);
    return constant.find() ? constant.group(1) : "";
  }

  @Test
  void deploying_hasEachLogger_andTuningEachEvent() throws IOException {
    Set<String> loggers = new TreeSet<>();
    Set<String> events = new TreeSet<>();
    for (Path file : sources()) {
      String text = Files.readString(file);
      LOGGER.matcher(text).results().map(match -> match.group(1)).forEach(loggers::add);
      EVENT.matcher(text).results().map(match -> match.group(1)).forEach(events::add);
    }
    String deploying = guide("deploying.md");
    assertThat(loggers).hasSizeGreaterThan(5).allMatch(
        name -> deploying.contains("`" + name + "`") || name.startsWith("dev.heddle.base."), "is in docs/deploying.md");
    String tuning = guide("tuning.md");
    assertThat(events).hasSizeGreaterThan(3).allMatch(name -> tuning.contains("`" + name + "`"), "is in docs/tuning.md");
  }

  /** Returns the sources of the libraries. */
  private static List<Path> sources() throws IOException {
    try (Stream<Path> poms = Files.list(CHECKOUT)) {
      List<Path> modules = poms.filter(folder -> isPublished(folder.resolve("pom.xml")))
          .map(each -> each.resolve("src/main/java"))
          .filter(Files::isDirectory).sorted().toList();
      List<Path> sources = new ArrayList<>();
      for (Path module : modules) {
        try (Stream<Path> files = Files.walk(module)) {
          files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
        }
      }
      return sources;
    }
  }

  private static boolean isPublished(Path pom) {
    try {
      return Files.exists(pom) && Files.readString(pom).contains("<maven.deploy.skip>false");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
