package legacy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

/** A program on Spring Boot 3, whose two clients go through HttpClient 5. */
@SpringBootConfiguration
public class Application implements CommandLineRunner {
  private final HttpComponentsClientHttpRequestFactory apache =
      new HttpComponentsClientHttpRequestFactory();
  private final RestTemplate template = new RestTemplate(apache);
  private final RestClient client = RestClient.builder().requestFactory(apache).build();

  public static void main(String[] args) {
    SpringApplication.run(Application.class, args);
  }

  @Override
  public void run(String... args) throws IOException {
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
    System.out.println("ready");
    for (String line; (line = in.readLine()) != null; ) System.out.println(answer(line.split(" ")));
  }

  private String answer(String[] words) {
    try {
      switch (words[0]) {
        case "template":
          return status(template.getForEntity(words[1], String.class).getStatusCode());
        case "client":
          return status(client.get().uri(words[1]).retrieve().toBodilessEntity().getStatusCode());
        default:
          return Integer.toString(Clients.get(words[0], words[1]));
      }
    } catch (Exception e) {
      return e.toString();
    }
  }

  private static String status(HttpStatusCode status) {
    return Integer.toString(status.value());
  }
}
