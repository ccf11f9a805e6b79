package dev.heddle.process.deploy;

import static dev.heddle.process.deploy.Packed.assertSame;
import static dev.heddle.process.deploy.Packed.java;
import static dev.heddle.process.deploy.Packed.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.testkit.Bounded;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.loader.tools.Library;
import org.springframework.boot.loader.tools.LibraryScope;
import org.springframework.boot.loader.tools.Repackager;

/** Executable jars of Spring Boot, with jars inside, made by what its plugins for Maven and Gradle make them by. */
@Bounded(seconds = 180)
class SpringBootTest {
  @TempDir
  Path folder;

  private static Path executable(Path file) throws Exception {
    Repackager repackager = new Repackager(Packed.SHOP.toFile());
    repackager.setMainClass(Packed.MAIN);
    repackager.setBackupSource(false);
    Files.createDirectories(file.getParent());
    repackager.repackage(file.toFile(), libraries -> {
      for (Path each : Packed.with(Packed.HEDDLE, Packed.WORDS, Packed.MORE)) {
        File jar = each.toFile();
        libraries.library(new Library(jar.getName(), jar, LibraryScope.COMPILE, null, false, false, true));
      }
    });
    return file;
  }

  @Test
  void executableJar() throws Exception {
    Path jar = executable(folder.resolve("app.jar"));
    String output = run(java("-Duser.home=" + folder, "-jar", jar));
    assertSame(output);
    assertThat(output).contains("jar:nested:");
    assertThat(folder.resolve(".cache/heddle/aot/own")).isDirectoryContaining("glob:**.jar");
    assertSame(run(java("-Duser.home=" + folder, "-jar", jar))); // with the copies that are there now
  }

  @Test
  void executableJar_replacedWhileItRuns_isAnErrorThatNamesTheClass() throws Exception {
    Path jar = executable(folder.resolve("app.jar"));
    Path other = Files.copy(jar, folder.resolve("other.jar"));
    assertThat(run(java("-Duser.home=" + folder, "-jar", jar, jar, other)))
        .contains("ChangedClassException: the class file of shop.App", "restart the program")
        .doesNotContain("same answer");
  }

  @Test
  void executableJar_withoutAHome_andInAFolderWithSpaces_fromElsewhere() throws Exception {
    Path jar = executable(folder.resolve("mein Gerät/die app.jar"));
    Path noFolder = Files.createFile(folder.resolve("file"));
    ProcessBuilder program = java("-Duser.home=" + noFolder, "-jar", folder.relativize(jar)).directory(folder.toFile());
    program.environment().put("LC_ALL", "C.UTF-8");
    program.environment().put("XDG_CACHE_HOME", noFolder + "/cache");
    assertSame(run(program));
  }
}
