import java.io.IOException;
import java.lang.classfile.Attribute;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.attribute.InnerClassesAttribute;
import java.lang.classfile.attribute.NestMembersAttribute;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A build tool of the profile {@code fast}: writes a digest of what other code can see of a folder of class files.
 *
 * <p>The digest covers types, members that are not private, signatures, thrown types, annotations and constants; it leaves out
 * code, private members, anonymous classes and line numbers. The file is rewritten only if the digest has changed, and the
 * compiler plugin is told to compare that file alone, so that a module is compiled again only when a module below it has
 * changed in a way that javac could notice.
 *
 * <p>Usage: {@code java ModuleAbi FOLDER}; the digest is written to {@code FOLDER/META-INF/module.abi}.
 */
final class ModuleAbi {
  private static final ClassFile CLASS_FILE = ClassFile.of(ClassFile.DebugElementsOption.DROP_DEBUG,
      ClassFile.LineNumbersOption.DROP_LINE_NUMBERS, ClassFile.ConstantPoolSharingOption.NEW_POOL,
      ClassFile.StackMapsOption.DROP_STACK_MAPS);

  private ModuleAbi() {}

  static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    if (!Files.isDirectory(folder)) {
      return; // a module without sources of this kind
    }
    Path digestFile = folder.resolve("META-INF/module.abi");
    List<Path> classFiles;
    try (Stream<Path> files = Files.walk(folder)) {
      classFiles = files.filter(file -> file.toString().endsWith(".class")).sorted().toList();
    }
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (Path file : classFiles) {
      ClassModel model = CLASS_FILE.parse(Files.readAllBytes(file));
      if (!isLocal(model)) {
        digest.update(CLASS_FILE.transformClass(model, visibleParts()));
        digest.update(memberTypes(model).getBytes(StandardCharsets.UTF_8));
      }
    }
    String text = HexFormat.of().formatHex(digest.digest()) + "\n";
    if (!Files.exists(digestFile) || !Files.readString(digestFile).equals(text)) {
      write(digestFile, text);
    }
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /** Tells whether it is an anonymous or a local class, which code outside of its method cannot name. */
  private static boolean isLocal(ClassModel model) {
    return model.findAttribute(Attributes.enclosingMethod()).isPresent();
  }

  /** Returns the nested types that can be named, with their flags: the class file of a nested type does not have them all. */
  private static String memberTypes(ClassModel model) {
    return model.findAttribute(Attributes.innerClasses())
        .stream()
        .flatMap(attribute -> attribute.classes().stream())
        .filter(nested -> nested.outerClass().isPresent() && nested.innerName().isPresent())
        .map(nested -> nested.innerClass().asInternalName() + " " + nested.flagsMask() + "\n")
        .sorted()
        .collect(Collectors.joining());
  }

  private static ClassTransform visibleParts() {
    return ClassTransform.transformingMethods(MethodTransform.dropping(CodeModel.class::isInstance))
        .andThen(ClassTransform.dropping(element -> switch (element) {
          case MethodModel method -> isHidden(method.flags().flagsMask());
          case FieldModel field -> isHidden(field.flags().flagsMask());
          case NestMembersAttribute _, InnerClassesAttribute _ -> true; // these list local classes, too
          case Attribute<?> attribute -> attribute.attributeName().equalsString("BootstrapMethods");
          default -> false;
        }));
  }

  private static boolean isHidden(int flags) {
    return (flags & (ClassFile.ACC_PRIVATE | ClassFile.ACC_SYNTHETIC)) != 0;
  }
}
