import org.influxdb.InfluxDB;
import org.influxdb.InfluxDBException;
import org.influxdb.InfluxDBFactory;
import org.influxdb.dto.Query;

/** Queries InfluxDB. Argument: the API. */
public final class Program {
  public static void main(String[] args) {
    try (InfluxDB influx = InfluxDBFactory.connect(args[0] + "/api/v1/")) {
      for (int i = 0; i < 2; i++) {
        try {
          influx.query(new Query("SHOW DATABASES"));
          System.out.println(200);
        } catch (InfluxDBException e) {
          System.out.println(e.getMessage().contains("Unauthorized") ? 401 : 0);
        }
      }
    }
    System.exit(0);
  }
}
