package dev.heddle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is published: the modules whose POM sets maven.deploy.skip to false. */
class PublishedModulesTest {
  private static final Path CHECKOUT = LibraryModules.checkout();
  private static final Pattern ARTIFACT = Pattern.compile("<artifactId>(heddle[a-z-]*)</artifactId>");

  /** The POMs of published modules, by artifact. */
  private static Map<String, Path> published() throws IOException {
    Map<String, Path> found = new TreeMap<>();
    try (Stream<Path> folders = Files.list(CHECKOUT)) {
      for (Path pom : folders.map(folder -> folder.resolve("pom.xml")).filter(Files::exists).toList()) {
        String text = Files.readString(pom);
        if (text.contains("<maven.deploy.skip>false")) {
          found.put(text(text.substring(text.indexOf("</parent>")), "artifactId"), pom);
        }
      }
    }
    assertThat(found).hasSizeGreaterThan(10);
    return found;
  }

  private static String text(String pom, String element) {
    var match = Pattern.compile("<" + element + ">([^<]+)</" + element + ">").matcher(pom);
    assertThat(match.find()).as("<%s> of %s", element, pom).isTrue();
    return match.group(1);
  }

  @Test
  void bom_hasEachPublishedModule() throws IOException {
    String bom = Files.readString(CHECKOUT.resolve("heddle-bom/pom.xml"));
    List<String> managed = ARTIFACT.matcher(bom.substring(bom.indexOf("<dependencyManagement>"))).results()
        .map(match -> match.group(1)).sorted().toList();
    assertThat(managed).isEqualTo(published().keySet().stream().filter(name -> !name.equals("heddle-bom")).toList());
  }

  @Test
  void poms_haveWhatMavenCentralAsksFor_andTheNameOfTheirModule() throws IOException {
    for (Map.Entry<String, Path> module : published().entrySet()) {
      String pom = Files.readString(module.getValue());
      assertThat(text(pom.substring(pom.indexOf("</parent>")), "name")).startsWith("Heddle");
      assertThat(text(pom, "description")).as(module.getKey()).isNotBlank();
      Path info = module.getValue().resolveSibling("src/main/java/module-info.java");
      if (!module.getKey().equals("heddle-bom")) {
        assertThat(Files.readString(info)).as(module.getKey()).contains("module " + text(pom, "module.name") + " {");
      }
    }
  }

  @Test
  void modulesWithAnApi_arePublished() throws IOException {
    try (Stream<Path> listings = Files.list(CHECKOUT.resolve("api"))) {
      assertThat(published().keySet()).containsAll(
          listings.map(each -> each.getFileName().toString().replaceAll("dev\\.heddle\\.(\\w+)\\.txt", "heddle-$1"))
              .toList());
    }
  }

  /** A jar says under which terms it may be used. */
  @Test
  void resources_ofEveryModule_haveTheLicence() throws IOException {
    for (Map.Entry<String, Path> module : published().entrySet()) {
      String pom = Files.readString(module.getValue());
      assertThat(!pom.contains("<resources>") || pom.contains("<include>LICENSE</include>")).as(module.getKey()).isTrue();
    }
  }
}
