package dev.heddle.process.deploy;

import static dev.heddle.process.deploy.Packed.MAIN;
import static dev.heddle.process.deploy.Packed.all;
import static dev.heddle.process.deploy.Packed.assertSame;
import static dev.heddle.process.deploy.Packed.classes;
import static dev.heddle.process.deploy.Packed.command;
import static dev.heddle.process.deploy.Packed.java;
import static dev.heddle.process.deploy.Packed.jdk;
import static dev.heddle.process.deploy.Packed.path;
import static dev.heddle.process.deploy.Packed.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.heddle.testkit.Bounded;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs of modules: on the module path, and in runtime images of jlink and jpackage. */
@Bounded(seconds = 300)
class ModulesTest {
  private static final String ROOT = "shop/" + MAIN;

  @TempDir
  Path folder;

  @Test
  void modulePath_ofJars() throws Exception {
    String output = run(java("-p", path(all()), "-m", ROOT, "signals"));
    assertSame(output);
    assertThat(output).contains("same module: shop", "after SIGINT: alive");
  }

  @Test
  void modulePath_ofAFolderOfModules_andExplodedOnes() throws Exception {
    Path modules = Files.createDirectories(folder.resolve("modules"));
    for (Path each : Packed.with(Packed.HEDDLE, Packed.WORDS)) {
      Files.copy(each, modules.resolve(each.getFileName()));
    }
    String output = run(
        java("-p", modules.getFileName() + ":" + classes(Packed.MORE) + ":" + classes(Packed.SHOP), "-m", ROOT)
            .directory(folder.toFile()));
    assertSame(output);
    assertThat(output).contains("same module: shop");
  }

  @Test
  void modulePath_withHeddleOnTheClassPath() throws Exception {
    String output = run(java("-p", path(Packed.with(Packed.HEDDLE, Packed.WORDS, Packed.MORE)), "--add-modules",
        "dev.heddle.process,words,more", "-cp", Packed.SHOP, MAIN));
    assertSame(output);
    assertThat(output).contains("same module: null / null");
  }

  private static Path image() throws Exception {
    assumeTrue(Files.isExecutable(jdk("jlink")), () -> "this JDK has no jlink: " + jdk("jlink"));
    Path image = Packed.newFolder("images").resolve("jlink");
    if (!Files.exists(image)) {
      String said = run(
          command(jdk("jlink"), "-p", path(all()), "--add-modules", "shop,more", "--output", image, "--launcher",
              "shop=" + ROOT));
      assertThat(image).as(said).exists();
    }
    return image;
  }

  @Test
  void jlinkImage() throws Exception {
    String output = run(command(image().resolve("bin/shop"), "signals"));
    assertSame(output);
    assertThat(output).contains("same module: shop", "jrt:/shop", "after SIGINT: alive");
  }

  /** The same as the runtime of an image of jpackage has it: without the commands. */
  @Test
  void jpackageImage_ofModules_findsAJavaOfTheSameVersion_orSaysSo() throws Exception {
    assumeTrue(Files.isExecutable(jdk("jpackage")), () -> "this JDK has no jpackage: " + jdk("jpackage"));
    String said = run(command(jdk("jpackage"), "--type", "app-image", "--name", "shop", "--dest", folder, "-p", path(all()),
        "--add-modules", "shop,more", "-m", ROOT));
    Path program = folder.resolve("shop/bin/shop");
    assertThat(program).as(said).exists();
    assertThat(folder.resolve("shop/lib/runtime/bin/java")).doesNotExist();

    ProcessBuilder found = command(program);
    found.environment().put("JAVA_HOME", System.getProperty("java.home"));
    assertThat(run(found)).doesNotContain("Exception") // but the code is in copies, so its addresses differ
        .contains("same module: shop", "same resource: ", "same resources: [jrt:/more/META-INF/words.txt of more, ",
            "same services: [NOW, please]", "same bundle: ", "map [2, 4, 6]", "\ndone");

    ProcessBuilder none = command(program);
    none.environment().put("PATH", "/nowhere");
    assertThat(run(none)).contains("WorkerStartException: there is no java command to start workers by",
        "jpackage --jlink-options",
        "withJava");
  }

  @Test
  void jpackageImage_ofAClassPath_withTheCommandKept() throws Exception {
    assumeTrue(Files.isExecutable(jdk("jpackage")), () -> "this JDK has no jpackage: " + jdk("jpackage"));
    Path input = Files.createDirectories(folder.resolve("input"));
    for (Path each : all()) {
      Files.copy(each, input.resolve(each.getFileName()));
    }
    String said = run(command(jdk("jpackage"), "--type", "app-image", "--name", "shop", "--dest", folder, "--input", input,
        "--main-jar", "shop.jar", "--main-class", MAIN, "--add-modules", "java.base,jdk.jfr", "--jlink-options",
        "--strip-debug --no-man-pages --no-header-files"));
    Path program = folder.resolve("shop/bin/shop");
    assertThat(program).as(said).exists();
    ProcessBuilder builder = command(program);
    builder.environment().put("PATH", "/nowhere");
    assertSame(run(builder));
  }
}
