package dev.heddle.process.deploy;

import static dev.heddle.process.deploy.Packed.java;
import static dev.heddle.process.deploy.Packed.path;
import static dev.heddle.process.deploy.Packed.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.testkit.Bounded;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bundle of OSGi with Heddle inside, in Apache Felix. */
@Bounded(seconds = 180)
class OsgiTest {
  @TempDir
  Path folder;

  @Test
  void bundle_withJarsInside() throws Exception {
    Path jars = Files.createDirectories(folder.resolve("jars"));
    for (Path each : Packed.all()) {
      Files.copy(each, jars.resolve(each.getFileName()));
    }
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().putValue("Bundle-ManifestVersion", "2");
    manifest.getMainAttributes().putValue("Bundle-SymbolicName", "shop");
    manifest.getMainAttributes().putValue("Bundle-ClassPath",
        Packed.all().stream().map(each -> each.getFileName().toString()).collect(Collectors.joining(",")));
    Path bundle = Packed.jar(folder.resolve("bundle.jar"), manifest, jars);
    Path felix = Packed.file(FrameworkFactory.class);
    Path launcher = Packed.module("osgi", List.of(felix), Map.of());
    String output = run(java("-cp", path(List.of(launcher, felix)), "osgi.Osgi", bundle, folder.resolve("felix")));
    Packed.assertSame(output);
    assertThat(output).contains("bundle:");
  }
}
