package legacy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.PackageVersion;
import java.io.IOException;
import java.util.Map;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.yaml.snakeyaml.Yaml;

/** Calls a URL with one of the application's clients, and says which libraries it works with. */
public final class CallServlet extends HttpServlet {
  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String client = request.getParameter("client");
    int status = Clients.get(client, request.getParameter("url"));
    int yaml = (Integer) ((Map<?, ?>) new Yaml().load("a: {b: 1}")).size();
    int json = new ObjectMapper().readTree("{\"a\": {\"b\": 1}}").size();
    String jar = Yaml.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    String snakeyaml = jar.substring(jar.lastIndexOf('/') + 1);
    response
        .getWriter()
        .println(status + " " + yaml + json + " " + snakeyaml + " " + PackageVersion.VERSION);
  }

  @Override
  public void destroy() {
    try {
      Clients.close("okhttp");
      Clients.close("apache");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
