package dev.heddle.process.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.futures.Executor;
import dev.heddle.iter.Iter;
import dev.heddle.timeline.Timeline;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.lang.reflect.Constructor;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** That tasks of Heddle's own are sent by their parts where Heddle stands on the module path, too. */
class ModulePathTest {

  @Test
  void chunkOfAMap_isTakenApart() throws Exception {
    ModuleFinder finder = ModuleFinder.of(place(Iter.class), place(Executor.class), place(Timeline.class),
        place(TaskEncoder.class));
    if (finder.find("dev.heddle.process").isEmpty()) {
      return; // a quick build has left the module descriptors out
    }
    ModuleLayer boot = ModuleLayer.boot();
    Configuration modules = boot.configuration().resolve(finder, ModuleFinder.of(), Set.of("dev.heddle.process"));
    ModuleLayer.Controller controller = ModuleLayer.defineModulesWithOneLoader(modules, List.of(boot),
        ClassLoader.getPlatformClassLoader());
    Module futures = controller.layer().findModule("dev.heddle.futures").orElseThrow();
    Module process = controller.layer().findModule("dev.heddle.process").orElseThrow();
    controller.addOpens(futures, "dev.heddle.futures", getClass().getModule());
    controller.addOpens(process, "dev.heddle.process.codec", getClass().getModule());

    Constructor<?> ofChunk = Class.forName(futures, "dev.heddle.futures.MapChunk").getDeclaredConstructors()[0];
    ofChunk.setAccessible(true);
    Object chunk = ofChunk.newInstance(null, new Object[]{1, 2, 3}, false);
    Class<?> encoder = Class.forName(process, "dev.heddle.process.codec.TaskEncoder");
    Object encoded = encoder.getMethod("encode", Object.class).invoke(encoder.getConstructor().newInstance(), chunk);
    byte[] payload = (byte[]) encoded.getClass().getMethod("payload").invoke(encoded);
    assertThat(payload[0] & Tag.HAS_STREAM).as("whether it was serialized").isZero();
    assertThat(payload.length).isLessThan(40);
  }

  private static Path place(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}
