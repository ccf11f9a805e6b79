package more;

public final class Loud implements words.Word {
  @Override
  public String say() {
    return "NOW";
  }
}
