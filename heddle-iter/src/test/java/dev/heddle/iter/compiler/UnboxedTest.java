package dev.heddle.iter.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.iter.CompiledCoroutine;
import dev.heddle.iter.GeneratorBody;
import dev.heddle.iter.Yielder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.reflect.Method;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which elements a machine keeps as primitive values. */
class UnboxedTest {
  private static final ClassDesc MACHINE = ClassDesc.of("dev.heddle.iter.compiler.UnboxedTest$$Machine");

  private static ClassModel machine(GeneratorBody<?> body) throws Exception {
    Method run = GeneratorBody.class.getMethod("run", Yielder.class);
    Body located = BodyLocator.locate(body, run, Yielder.class).read();
    return ClassFile.of().parse(
        new MachineWriter(located, false, new MachineBase(CompiledCoroutine.class), new YielderType(Yielder.class))
            .write(MACHINE));
  }

  /** The types of the fields that keep elements. */
  private static List<String> elements(ClassModel machine) {
    return machine.fields().stream()
        .filter(each -> each.fieldName().equalsString("element"))
        .map(FieldModel::fieldType)
        .map(Object::toString)
        .toList();
  }

  /** How many calls of valueOf a method of the machine has. */
  private static long boxings(ClassModel machine, String method) {
    MethodModel code = machine.methods().stream()
        .filter(each -> each.methodName().equalsString(method))
        .findFirst()
        .orElseThrow();
    return code.code().orElseThrow().elementStream()
        .filter(each -> each instanceof InvokeInstruction call && call.name().equalsString("valueOf"))
        .count();
  }

  @Test
  void numbers_yieldedAsTheyAre_areBoxedByTheReadersMethods() throws Exception {
    ClassModel machine = machine((GeneratorBody<Long>) y -> {
      for (long i = 0; i < 3; i++) {
        y.yield(i);
      }
      y.yield(7L);
    });
    assertThat(elements(machine)).containsExactly("J");
    assertThat(boxings(machine, "resume")).isZero();
    assertThat(boxings(machine, "next")).isEqualTo(2);
    assertThat(boxings(machine, "hasNext")).isZero();
  }

  @Test
  void numbers_ofASecondType_areBoxedByTheBody() throws Exception {
    ClassModel machine = machine((GeneratorBody<Object>) y -> {
      y.yield(1);
      y.yield(2L);
      y.yield(3);
    });
    assertThat(elements(machine)).containsExactly("I");
    assertThat(boxings(machine, "resume")).isOne();
  }

  @Test
  void objects_areKeptAsTheyAre() throws Exception {
    Integer boxed = Integer.valueOf("5");
    boolean first = boxed > 4;
    ClassModel machine = machine((GeneratorBody<Object>) y -> {
      y.yield("s");
      y.yield(boxed);
      y.yield(first ? Integer.valueOf(1) : boxed); // two paths lead to the yield, and one does not box
    });
    assertThat(elements(machine)).isEmpty();
  }
}
