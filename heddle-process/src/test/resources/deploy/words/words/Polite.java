package words;

public final class Polite implements Word {
  @Override
  public String say() {
    return "please";
  }
}
