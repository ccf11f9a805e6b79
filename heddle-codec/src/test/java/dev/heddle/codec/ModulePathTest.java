package dev.heddle.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.base.Check;
import dev.heddle.codec.message.ValueTag;
import dev.heddle.futures.Executor;
import dev.heddle.iter.Iter;
import dev.heddle.timeline.Span;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.lang.reflect.Constructor;
import java.lang.reflect.Proxy;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** That tasks of Heddle's own are sent by their parts where Heddle stands on the module path, too. */
class ModulePathTest {

  @Test
  void chunkOfAMap_isTakenApart() throws Exception {
    ModuleFinder finder = ModuleFinder.of(place(Check.class), place(Iter.class), place(Span.class), place(Executor.class),
        place(TaskEncoder.class));
    if (finder.find("dev.heddle.codec").isEmpty()) {
      return; // a quick build has left the module descriptors out
    }
    ModuleLayer boot = ModuleLayer.boot();
    Configuration modules = boot.configuration().resolve(finder, ModuleFinder.of(), Set.of("dev.heddle.codec"));
    ModuleLayer.Controller controller = ModuleLayer.defineModulesWithOneLoader(modules, List.of(boot),
        ClassLoader.getPlatformClassLoader());
    Module futures = controller.layer().findModule("dev.heddle.futures").orElseThrow();
    Module codec = controller.layer().findModule("dev.heddle.codec").orElseThrow();
    controller.addOpens(futures, "dev.heddle.futures.map", getClass().getModule());
    controller.addOpens(codec, "dev.heddle.codec", getClass().getModule());

    Constructor<?> ofChunk = Class.forName(futures, "dev.heddle.futures.map.MapChunk").getDeclaredConstructors()[0];
    ofChunk.setAccessible(true);
    Object chunk = ofChunk.newInstance(null, new Object[]{1, 2, 3}, false);
    Class<?> encoder = Class.forName(codec, "dev.heddle.codec.TaskEncoder");
    Class<?> errors = Class.forName(codec, "dev.heddle.codec.CodecErrors");
    Object none = Proxy.newProxyInstance(errors.getClassLoader(), new Class<?>[]{errors}, (_, _, _) -> null);
    Object encoded = encoder.getMethod("encode", Object.class).invoke(encoder.getConstructor(errors).newInstance(none),
        chunk);
    byte[] payload = (byte[]) encoded.getClass().getMethod("payload").invoke(encoded);
    assertThat(payload[0] & ValueTag.HAS_STREAM).as("whether it was serialized").isZero();
    assertThat(payload.length).isLessThan(40);
  }

  private static Path place(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}
