package dev.heddle.iter.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.iter.CompiledCoroutine;
import dev.heddle.iter.GeneratorBody;
import dev.heddle.iter.Yielder;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.attribute.LocalVariableInfo;
import java.lang.classfile.attribute.LocalVariableTableAttribute;
import java.lang.constant.ClassDesc;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The variables that a debugger is told of in a machine. */
class VariableTableTest {
  private static final ClassDesc MACHINE = ClassDesc.of("dev.heddle.iter.compiler.VariableTableTest$$Machine");

  private final int field = Integer.parseInt("7");

  /** The entries of the body's method in its machine. */
  private static List<LocalVariableInfo> variables(GeneratorBody<Integer> body, List<Integer> length) throws Exception {
    Method run = GeneratorBody.class.getMethod("run", Yielder.class);
    Body located = BodyLocator.locate(body, run, Yielder.class).read();
    byte[] machine = new MachineWriter(located, false, new MachineBase(CompiledCoroutine.class),
        new YielderType(Yielder.class)).write(MACHINE);
    MethodModel resume = ClassFile.of().parse(machine).methods().stream()
        .filter(each -> each.methodName().equalsString("resume"))
        .findFirst()
        .orElseThrow();
    CodeAttribute code = resume.findAttribute(Attributes.code()).orElseThrow();
    length.add(code.codeLength());
    return code.findAttribute(Attributes.localVariableTable()).map(LocalVariableTableAttribute::localVariables)
        .orElse(List.of());
  }

  private static List<String> named(List<LocalVariableInfo> variables, String name) {
    return variables.stream()
        .filter(each -> each.name().equalsString(name))
        .map(each -> each.slot() + " " + each.typeSymbol().displayName())
        .distinct()
        .toList();
  }

  @Test
  void machine_hasANameForSlot0_overItsWholeMethod() throws Exception {
    List<Integer> length = new ArrayList<>();
    int n = 3;
    List<LocalVariableInfo> variables = variables(
        y -> {
          for (int i = 0; i < n; i++) {
            y.yield(i);
          }
        },
        length);
    assertThat(named(variables, "this")).containsExactly("0 " + MACHINE.displayName());
    LocalVariableInfo own = variables.stream().filter(each -> each.slot() == 0).findFirst().orElseThrow();
    assertThat(own.startPc()).isZero();
    assertThat(own.length()).isEqualTo(length.getFirst());
    assertThat(named(variables, "i")).hasSize(1);
  }

  @Test
  void bodyOfAnObject_keepsItsObjectUnderAnotherName() throws Exception {
    List<LocalVariableInfo> variables = variables(
        y -> {
          for (int i = 0; i < field; i++) {
            y.yield(i + field);
          }
        },
        new ArrayList<>());
    assertThat(named(variables, "this")).containsExactly("0 " + MACHINE.displayName());
    assertThat(named(variables, "$this")).containsExactly("4 VariableTableTest");
  }
}
