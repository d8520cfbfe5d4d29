/** The host that the certificate is for. */
export const TLS_HOST = 'weixin.test';

/** A certificate of its own authority, good until 2120, and its key: for tests alone. */
export const TLS_CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBZzCCAQ2gAwIBAgIBATAKBggqhkjOPQQDAjAWMRQwEgYDVQQDDAt3ZWl4aW4u
dGVzdDAgFw0yMDAxMDEwMDAwMDBaGA8yMTIwMDEwMTAwMDAwMFowFjEUMBIGA1UE
AwwLd2VpeGluLnRlc3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAASZQ5minfzB
+Pc8yhrrXiE/POTeGclvoyqvWHnvJJSZn2Ln7YLaks0K9Zvrk7KjRCjNLI1qFsRv
8BDy3lcfNy+ko0owSDAWBgNVHREEDzANggt3ZWl4aW4udGVzdDAPBgNVHRMBAf8E
BTADAQH/MB0GA1UdDgQWBBSrK+BZjBHYVmHCepcwHZzBM6zt6TAKBggqhkjOPQQD
AgNIADBFAiEArlV14eG1IEc/y1Ensn+VWo5ajUpa8JvGUn/ZnQOZBpICICj3huwo
84FyC2gl2fIxh0hXb+EmnTOztQrSOnlJjzoD
-----END CERTIFICATE-----
`;

export const TLS_KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg2A8VjPd5CuaDomZH
yLIKYtzmM0UI+7NfBaUdbYzn2YmhRANCAASZQ5minfzB+Pc8yhrrXiE/POTeGclv
oyqvWHnvJJSZn2Ln7YLaks0K9Zvrk7KjRCjNLI1qFsRv8BDy3lcfNy+k
-----END PRIVATE KEY-----
`;
