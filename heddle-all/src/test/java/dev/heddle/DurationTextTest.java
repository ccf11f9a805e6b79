package dev.heddle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.LocalVariable;
import java.lang.constant.ClassDesc;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Messages show durations as {@code Describe.duration} does ({@code 2 s}), and none as {@code PT2S}.
 *
 * <p>The compiler converts each part of a concatenation by {@code String.valueOf(Object)}, so a class file shows which type was
 * loaded just before.
 */
class DurationTextTest {
  private static final ClassDesc DURATION = ClassDesc.of("java.time.Duration");

  @Test
  void messages_neverShowADurationInIsoForm() throws IOException {
    List<String> found = new ArrayList<>();
    int classes = 0;
    for (ModuleReference module : LibraryModules.all()) {
      try (ModuleReader reader = module.open()) {
        for (String name : reader.list().filter(each -> each.endsWith(".class")).toList()) {
          found.addAll(conversions(ClassFile.of().parse(reader.read(name).orElseThrow().array())));
          classes++;
        }
      }
    }
    assertThat(classes).isGreaterThan(500);
    assertThat(found).as("Durations in texts; use Describe.duration, or Describe.measured for a measurement").isEmpty();
  }

  @Test
  void conversions_areFoundInThisClass() throws IOException {
    assertThat(examples(Duration.ofSeconds(1))).isEqualTo("PT1S, PT0S, PT0.002S, PT0S");
    try (var in = DurationTextTest.class.getResourceAsStream("DurationTextTest.class")) {
      assertThat(conversions(ClassFile.of().parse(Objects.requireNonNull(in).readAllBytes()))).hasSize(4)
          .allMatch(each -> each.contains("DurationTextTest.examples"));
    }
  }

  private final Duration field = Duration.ZERO;

  /** A local variable, a field, a call's result, and {@code toString}. */
  private String examples(Duration local) {
    return local + ", " + field + ", " + Duration.ofMillis(2) + ", " + Duration.ZERO.toString();
  }

  /** Returns the methods that convert a duration to text, once for each conversion. */
  private static List<String> conversions(ClassModel type) {
    List<String> found = new ArrayList<>();
    for (MethodModel method : type.methods()) {
      if (method.code().isPresent()) {
        String name = type.thisClass().asInternalName() + "." + method.methodName().stringValue();
        found.addAll(conversions(name.replace('/', '.'), method.code().get()));
      }
    }
    return found;
  }

  private static List<String> conversions(String method, CodeModel code) {
    List<String> found = new ArrayList<>();
    List<LocalVariable> locals = new ArrayList<>();
    Optional<ClassDesc> loaded = Optional.empty();
    for (CodeElement element : code) {
      if (element instanceof LocalVariable local) {
        locals.add(local);
      }
      if (element instanceof InvokeInstruction call && (isValueOf(call) || isToString(call))
          && loaded.equals(Optional.of(DURATION))) {
        found.add(method);
      }
      if (element instanceof Instruction) {
        loaded = switch (element) {
          case InvokeInstruction call -> Optional.of(call.typeSymbol().returnType());
          case FieldInstruction access -> Optional.of(access.typeSymbol());
          case LoadInstruction load -> locals.stream().filter(each -> each.slot() == load.slot())
              .map(LocalVariable::typeSymbol).filter(DURATION::equals).findFirst();
          default -> Optional.empty();
        };
      }
    }
    return found;
  }

  private static boolean isValueOf(InvokeInstruction call) {
    return call.owner().asInternalName().equals("java/lang/String") && call.name().equalsString("valueOf");
  }

  private static boolean isToString(InvokeInstruction call) {
    return call.owner().asInternalName().equals("java/time/Duration") && call.name().equalsString("toString");
  }
}
