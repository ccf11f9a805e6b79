package dev.heddle.iter.compiler;

import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.List;

/**
 * The method that holds the code of a body; its last parameter is the yielder.
 *
 * @param host the class that declares it
 * @param model the host's class file
 * @param method the method in it
 */
record Body(Class<?> host, ClassModel model, MethodModel method) {

  ClassDesc hostDesc() {
    return model.thisClass().asSymbol();
  }

  boolean isStatic() {
    return method.flags().has(AccessFlag.STATIC);
  }

  MethodTypeDesc type() {
    return method.methodTypeSymbol();
  }

  /** What the lambda has captured: the receiver, if the method has one, and the parameters before the yielder. */
  List<ClassDesc> captured() {
    List<ClassDesc> all = new ArrayList<>();
    if (!isStatic()) {
      all.add(hostDesc());
    }
    all.addAll(type().parameterList().subList(0, type().parameterCount() - 1));
    return all;
  }

  /** The slot of the yielder parameter. */
  int yielderSlot() {
    return captured().stream().mapToInt(each -> VType.of(each).size()).sum();
  }

  CodeModel code() throws Unsupported {
    return method.code().orElseThrow(() -> new Unsupported("its method is abstract or native"));
  }

  /** The types at the first instruction. */
  FrameState entry(int maxLocals) {
    FrameState frame = new FrameState(maxLocals);
    int slot = 0;
    for (ClassDesc each : captured()) {
      frame.set(slot, VType.of(each));
      slot += VType.of(each).size();
    }
    frame.set(slot, VType.Own.KEPT);
    return frame;
  }
}
