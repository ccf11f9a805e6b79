package dev.heddle.codec.loader;

import dev.heddle.base.ClassPlace;
import dev.heddle.codec.ClassSupply;
import java.io.IOException;
import java.net.URL;
import org.jspecify.annotations.Nullable;

/** Answers workers' requests for classes and resources of the parent's class loaders. Thread-safe. */
public final class Supply implements ClassSupply {
  private static final String CLASS_FILE = ".class";

  private final ParentSpaces spaces;

  public Supply(ParentSpaces spaces) {
    this.spaces = spaces;
  }

  @Override
  public byte @Nullable [] answer(String request) {
    try {
      if (request.indexOf(ResourceRequest.MARK) == 0) {
        ResourceRequest resource = ResourceRequest.parse(request);
        return resource == null ? null : resource(resource);
      }
      int separator = request.indexOf(ParentSpaces.SEPARATOR);
      String space = separator < 0 ? ClassSpaces.HOME : request.substring(0, separator);
      String name = request.substring(separator + 1);
      boolean valid = !name.isEmpty() && name.indexOf('/') < 0 && name.indexOf('\\') < 0
          && name.indexOf(ParentSpaces.SEPARATOR) < 0;
      ClassAnswer answer = valid ? classOf(space, name) : null;
      return answer == null ? null : answer.toBytes();
    } catch (ClassNotFoundException e) {
      return null; // the worker reports that it lacks the class
    }
  }

  private @Nullable ClassAnswer classOf(String space, String name) throws ClassNotFoundException {
    if (spaces.isShellSpace(space) && ParentSpaces.isShell(name)) {
      byte[] bytes = spaces.shellClass(space, name);
      return bytes == null ? null : new ClassAnswer(space, spaces.gone(), "", "", ClassAnswer.Manifest.of(null), bytes);
    }
    Class<?> type;
    byte[] bytes;
    try {
      type = spaces.load(space, name);
      String own = spaces.spaceOf(type);
      if (ClassSpaces.HOME.equals(own) && !space.equals(ClassSpaces.HOME)) {
        return ClassAnswer.home(spaces.gone());
      }
      bytes = isOfTheJdk(type) ? null : ParentSpaces.classFile(name, type.getClassLoader());
      return bytes == null
          ? ClassAnswer.problem(spaces.gone(), problem(type))
          : new ClassAnswer(own == null ? space : own, spaces.gone(), "", location(type),
              ClassAnswer.Manifest.of(type.getPackage()), bytes);
    } catch (IOException | LinkageError | RuntimeException e) { // of a class loader of the user's
      return ClassAnswer.problem(spaces.gone(), "the program itself cannot load it: " + e);
    }
  }

  private static boolean isOfTheJdk(Class<?> type) {
    return type.getClassLoader() == null || type.getClassLoader() == ClassLoader.getPlatformClassLoader();
  }

  private static String problem(Class<?> type) {
    return isOfTheJdk(type)
        ? "it is of " + type.getModule() + ", which the worker's JVM lacks; give workers the module by"
            + " withJvm(jvm -> jvm.withOptions(\"--add-modules=" + type.getModule().getName() + "\"))"
        : "its class loader in the program, a " + type.getClassLoader().getClass().getName()
            + ", does not give out its class file, so no worker can have it; let the loader's getResourceAsStream return class"
            + " files, or put the class on the class path";
  }

  private static String location(Class<?> type) {
    URL location = ClassPlace.location(type);
    return location == null ? "" : location.toString();
  }

  private byte @Nullable [] resource(ResourceRequest request) throws ClassNotFoundException {
    String name = request.name();
    if (request.kind() == ResourceRequest.Kind.STREAM && spaces.isShellSpace(request.space()) && name.endsWith(CLASS_FILE)) {
      String type = name.substring(0, name.length() - CLASS_FILE.length()).replace('/', '.');
      byte[] bytes = spaces.shellClass(request.space(), type);
      if (bytes != null) {
        return ResourceAnswer.ofContent(name, new java.io.ByteArrayInputStream(bytes));
      }
    }
    return ResourceSupply.answer(request, spaces.loader(request.space()));
  }
}
