package com.visitorcount.cli;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;

/** What a stack has put into its {@code LakeBucket}. */
final class LakeObjects {
  private LakeObjects() {}

  /**
   * Deletes objects, with the credentials of whoever runs the program: the stack's functions may
   * not.
   *
   * @param stack null, or without a bucket: nothing is deleted
   * @param prefix what their names begin with, after that of the stack
   * @return how many there were
   */
  static long delete(Terminal terminal, @Nullable Stack stack, String prefix) {
    String bucket = stack == null ? "" : stack.parameter("LakeBucket");
    if (stack == null || bucket.isEmpty()) {
      return 0;
    }
    long[] deleted = {0};
    try (S3Client s3 = S3Client.create()) {
      s3.listObjectsV2Paginator(list -> list.bucket(bucket).prefix(stack.name() + "/" + prefix))
          .contents()
          .forEach(
              object -> {
                s3.deleteObject(delete -> delete.bucket(bucket).key(object.key()));
                terminal.progress(++deleted[0], "objects");
              });
    }
    return deleted[0];
  }
}
