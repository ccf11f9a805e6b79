module osgi {
  requires org.apache.felix.framework;
  uses org.osgi.framework.launch.FrameworkFactory;
}
