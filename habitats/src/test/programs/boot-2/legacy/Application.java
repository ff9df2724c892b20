package legacy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.http.client.OkHttp3ClientHttpRequestFactory;
import org.springframework.web.client.RestTemplate;

/** A program on Spring Boot 2. Its HttpComponentsClientHttpRequestFactory is for HttpClient 4. */
@SpringBootConfiguration
public class Application implements CommandLineRunner {
  private final RestTemplate okhttp = new RestTemplate(new OkHttp3ClientHttpRequestFactory());

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
      return words[0].equals("okhttp")
          ? Integer.toString(okhttp.getForEntity(words[1], String.class).getStatusCodeValue())
          : Integer.toString(Clients.get(words[0], words[1]));
    } catch (Exception e) {
      return e.toString();
    }
  }
}
