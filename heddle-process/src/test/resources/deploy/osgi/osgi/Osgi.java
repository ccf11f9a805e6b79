package osgi;

import java.nio.file.Path;
import java.util.Map;
import java.util.ServiceLoader;
import org.osgi.framework.Bundle;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/** Runs shop.App in a bundle: the arguments are its jar and a folder for the framework. */
public final class Osgi {
  public static void main(String[] args) throws Exception {
    Framework framework = ServiceLoader.load(FrameworkFactory.class).iterator().next()
        .newFramework(Map.of("org.osgi.framework.storage", args[1], "org.osgi.framework.bootdelegation", "*"));
    framework.start();
    Bundle bundle = framework.getBundleContext().installBundle(Path.of(args[0]).toUri().toString());
    Class<?> main = bundle.loadClass("shop.App");
    Thread.currentThread().setContextClassLoader(main.getClassLoader());
    main.getMethod("main", String[].class).invoke(null, (Object) new String[0]);
    framework.stop();
    framework.waitForStop(10_000);
  }
}
