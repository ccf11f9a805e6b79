package words;

public final class Words {
  public static String first() {
    return "first";
  }
}
