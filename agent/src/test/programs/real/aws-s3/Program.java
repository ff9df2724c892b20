import com.amazonaws.auth.AWSStaticCredentialsProvider;
import com.amazonaws.auth.AnonymousAWSCredentials;
import com.amazonaws.client.builder.AwsClientBuilder.EndpointConfiguration;
import com.amazonaws.services.s3.AmazonS3;
import com.amazonaws.services.s3.AmazonS3ClientBuilder;
import com.amazonaws.services.s3.model.AmazonS3Exception;

/** Reads objects of a store that speaks S3, through version 1 of Amazon's SDK. Argument: its URL. */
public final class Program {
  public static void main(String[] args) {
    AmazonS3 store =
        AmazonS3ClientBuilder.standard()
            .withEndpointConfiguration(new EndpointConfiguration(args[0], "us-east-1"))
            .withPathStyleAccessEnabled(true)
            .withCredentials(new AWSStaticCredentialsProvider(new AnonymousAWSCredentials()))
            .build();
    for (String user : new String[] {"one", "two"}) {
      try {
        store.getObjectAsString("api", "v1/users/" + user);
        System.out.println(200);
      } catch (AmazonS3Exception e) {
        System.out.println(e.getStatusCode());
      }
    }
    store.shutdown();
  }
}
