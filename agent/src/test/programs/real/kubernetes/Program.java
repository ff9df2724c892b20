import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;

/** Asks a Kubernetes API for its namespaces and pods. Argument: the API. */
public final class Program {
  public static void main(String[] args) {
    Config config = new ConfigBuilder().withMasterUrl(args[0]).withAutoConfigure(false).build();
    try (KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build()) {
      answer(() -> client.namespaces().list());
      answer(() -> client.pods().inNamespace("default").list());
    }
    System.exit(0);
  }

  private static void answer(Runnable question) {
    try {
      question.run();
      System.out.println(200);
    } catch (KubernetesClientException e) {
      System.out.println(e.getCode());
    }
  }
}
