/** A program that ends at once: by {@code exit}, {@code return} or {@code throw}. */
public final class Ends {
  public static void main(String[] args) {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("own hook")));
    if (args[0].equals("exit")) System.exit(3);
    if (args[0].equals("throw")) throw new IllegalStateException("thrown by the program");
  }
}
